package io.kafkahdfs.consumer.write;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of data files. One of a partition is called {@code <topic>-<partition>-<first
 * offset>-<last offset><extension>}, with 20 digits for each offset. One that partitions share is
 * called {@code <topic>-<commit>-<split>-<number><extension>}. Both sort as the offsets of each
 * partition do, and two files with records of their own never share a name.
 *
 * <p>A file system allows a name 255 bytes, and a topic's alone may have 249. So files of topics
 * with more than {@link #TOPIC_IN_NAME} letters have names that begin with a part of the topic's
 * and a hash of it. {@code ~}, which no topic has, sorts behind all that a topic may have: files
 * that earlier versions have landed under the whole name, before these, sort before them.
 */
public final class FileNames {
  /**
   * The most letters of a topic's name that a file's name has room for. With 20 digits for each
   * offset, 10 for the partition and for a commit, the longest extension, and {@code .} and {@code
   * .crc} around it where Hadoop's local file system keeps checksums, a name has 250 bytes at most.
   */
  static final int TOPIC_IN_NAME = 167;

  /** Before the number of the commit that has merged files. */
  private static final String MERGED = "-c";

  private static final Pattern SHARED = Pattern.compile("(-\\d{10,18}-\\d{5}-\\d{5})(-c\\d+)?\\.");

  /** A number as large as any. */
  private static final long LARGEST_COMMIT = 9_999_999_999L;

  private static final int HASH_DIGITS = 16;
  private static final String LONGEST_EXTENSION = ".json.deflate";

  private FileNames() {}

  /**
   * The name of a file that has records of one partition only, and no others could be in it.
   *
   * @param parts what is in the file, at least one
   * @param extension the end of the name, with its first dot
   */
  static String ofPartition(String topic, List<FilePart> parts, String extension) {
    long first = parts.stream().mapToLong(FilePart::firstOffset).min().orElseThrow();
    long last = parts.stream().mapToLong(FilePart::lastOffset).max().orElseThrow();
    return name(topic, new FilePart(parts.get(0).partition(), first, last, 1), extension);
  }

  /**
   * The name of a file that partitions share.
   *
   * @param writer names commit and split; sorts as they do
   * @param number of the file among the writer's
   */
  static String ofTopic(String topic, String writer, int number, String extension) {
    return String.format(Locale.ROOT, "%s-%s-%05d%s", begin(topic), writer, number, extension);
  }

  /**
   * The name of a file that several were merged into; sorts where the first of them did.
   *
   * @param parts what is in the file, at least one
   * @param partition whether no other partition's records could be in it
   * @param first the name of the first of the files
   * @param writer names commit and place, for files that partitions share; sorts as they do
   * @param commit the one that lands it: no two files that were ever there have the same name
   */
  public static String ofMerged(
      String topic,
      List<FilePart> parts,
      boolean partition,
      String first,
      String writer,
      long commit,
      String extension) {
    String end = mark(commit) + extension;
    if (partition) {
      return ofPartition(topic, parts, end);
    }
    Matcher shared = SHARED.matcher(first);
    return shared.find() && first.startsWith(begin(topic) + shared.group(1))
        ? begin(topic) + shared.group(1) + end
        : ofTopic(topic, writer, 0, end);
  }

  /** What stands in the names of files that were landed in the place of others by a commit. */
  static String mark(long commit) {
    return MERGED + commit;
  }

  private static String name(String topic, FilePart part, String extension) {
    return String.format(
        Locale.ROOT,
        "%s-%d-%020d-%020d%s",
        begin(topic),
        part.partition().partition(),
        part.firstOffset(),
        part.lastOffset(),
        extension);
  }

  /** How the names of a topic's files begin. */
  private static String begin(String topic) {
    if (topic.length() <= TOPIC_IN_NAME) {
      return topic;
    }
    return topic.substring(0, TOPIC_IN_NAME - HASH_DIGITS - 1)
        + "~"
        + Sha256.hex(topic, HASH_DIGITS);
  }

  /**
   * The name of a file while it is written, when what will be in it is not known yet.
   *
   * @param number different for each file of an attempt
   */
  static String staged(String topic, int number, String extension) {
    return begin(topic) + "." + number + extension;
  }

  /** The bytes of the longest name that a topic's files, or their folder, can have. */
  public static int longestName(String topic) {
    PartitionId partition = new PartitionId(topic, Integer.MAX_VALUE);
    FilePart part = new FilePart(partition, Long.MAX_VALUE - 1, Long.MAX_VALUE - 1, 1);
    return Math.max(
        topic.length(), name(topic, part, mark(LARGEST_COMMIT) + LONGEST_EXTENSION).length());
  }
}
