package io.kafkahdfs.consumer.write;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Sha256;
import java.util.List;

/**
 * The names of data files. One with records of one partition is called {@code
 * <topic>-<partition>-<first offset>-<last offset><extension>}, one with records of several {@code
 * <topic>-<partition>-to-<partition>-<first offset><extension>}: those of its first and its last
 * part, and the offset of its first record. Offsets have 20 digits, so that names sort as offsets
 * do, and two files with records of their own never share a name.
 *
 * <p>A file system allows a name 255 bytes, and a topic's alone may have 249. So files of topics
 * with more than {@link #TOPIC_IN_NAME} letters have names that begin with a part of the topic's
 * and a hash of it. {@code ~}, which no topic has, sorts behind all that a topic may have: files
 * that earlier versions have landed under the whole name, before these, sort before them.
 */
public final class FileNames {
  /**
   * The most letters of a topic's name that a file's name has room for. With 20 digits for each
   * offset, 10 for the partition, the longest extension, and {@code .} and {@code .crc} around it
   * where Hadoop's local file system keeps checksums, a name has 250 bytes at most.
   */
  static final int TOPIC_IN_NAME = 179;

  private static final int HASH_DIGITS = 16;
  private static final String LONGEST_EXTENSION = ".json.deflate";

  private FileNames() {}

  /**
   * @param parts what is in the file, at least one
   * @param extension the end of the name, with its first dot
   */
  static String of(String topic, List<FilePart> parts, String extension) {
    FilePart first = parts.get(0);
    FilePart last = parts.get(parts.size() - 1);
    return parts.size() == 1
        ? name(topic, first, extension)
        : "%s-%d-to-%d-%020d%s"
            .formatted(
                begin(topic),
                first.partition().partition(),
                last.partition().partition(),
                first.firstOffset(),
                extension);
  }

  private static String name(String topic, FilePart part, String extension) {
    return "%s-%d-%020d-%020d%s"
        .formatted(
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
    return Math.max(topic.length(), name(topic, part, LONGEST_EXTENSION).length());
  }
}
