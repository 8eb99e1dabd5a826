package io.kafkahdfs.consumer.write;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where files stand: a data file at {@code <topic>/<topic>-<partition>-<first offset>-<last
 * offset><extension>} below the output root. Offsets have 20 digits, so that names sort as offsets
 * do, and two files with records of their own never share a name.
 *
 * <p>A file system allows a name 255 bytes, and a topic's alone may have 249. So files of topics
 * with more than {@link #TOPIC_IN_NAME} letters have names that begin with a part of the topic's
 * and a hash of it; their folder has the whole name. {@code ~}, which no topic has, sorts behind
 * all that a topic may have: files that earlier versions have landed under the whole name, before
 * these, sort before them.
 */
public final class PathLayout {
  /**
   * From the end on it can be read in one way only, though a topic may hold dots, dashes and
   * digits: an extension has no dash.
   */
  private static final Pattern DATA_FILE =
      Pattern.compile(
          "(?<topic>[^/]+)/(?<begin>[^/]+)-(?<partition>0|[1-9][0-9]*)-(?<first>[0-9]{20})"
              + "-(?<last>[0-9]{20})(?<extension>(\\.[a-z0-9]+)+)");

  /**
   * The most letters of a topic's name that a file's name has room for. With 20 digits for each
   * offset, 10 for the partition, the longest extension, and {@code .} and {@code .crc} around it
   * where Hadoop's local file system keeps checksums, a name has 250 bytes at most.
   */
  static final int TOPIC_IN_NAME = 179;

  private static final int HASH_DIGITS = 16;
  private static final String LONGEST_EXTENSION = ".json.deflate";

  private PathLayout() {}

  /** The path of a data file below the output root. */
  public static String path(DataFileName name) {
    return "%s/%s-%d-%020d-%020d%s"
        .formatted(
            name.partition().topic(),
            begin(name.partition().topic()),
            name.partition().partition(),
            name.firstOffset(),
            name.lastOffset(),
            name.extension());
  }

  /** How the names of a topic's files begin. */
  private static String begin(String topic) {
    if (topic.length() <= TOPIC_IN_NAME) {
      return topic;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(topic.getBytes(StandardCharsets.UTF_8));
      return topic.substring(0, TOPIC_IN_NAME - HASH_DIGITS - 1)
          + "~"
          + HexFormat.of().formatHex(hash, 0, HASH_DIGITS / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /**
   * Reads the path of a data file back.
   *
   * @param path below the output root
   * @return empty if {@link #path} makes no such path, nor did earlier versions
   */
  public static Optional<DataFileName> parse(String path) {
    Matcher matcher = DATA_FILE.matcher(path);
    if (!matcher.matches() || !isBegin(matcher.group("begin"), matcher.group("topic"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DataFileName(
              new PartitionId(matcher.group("topic"), Integer.parseInt(matcher.group("partition"))),
              Long.parseLong(matcher.group("first")),
              Long.parseLong(matcher.group("last")),
              matcher.group("extension")));
    } catch (IllegalArgumentException e) {
      // A number too large, or a last offset before the first: not of our making.
      return Optional.empty();
    }
  }

  /**
   * The name of a file while it is written: its last offset is not known yet.
   *
   * @param from the first offset of the range that it is part of
   * @param number of the file within the range, from 0 on
   */
  static String stagedName(PartitionId partition, long from, int number, String extension) {
    return "%s-%d-%020d.%d%s"
        .formatted(begin(partition.topic()), partition.partition(), from, number, extension);
  }

  private static boolean isBegin(String begin, String topic) {
    return begin.equals(topic) || begin.equals(begin(topic));
  }

  /** The bytes of the longest name that a topic's files, or their folder, can have. */
  public static int longestName(String topic) {
    String last =
        path(
            new DataFileName(
                new PartitionId(topic, Integer.MAX_VALUE),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                LONGEST_EXTENSION));
    return Math.max(topic.length(), last.length() - topic.length() - 1);
  }

  /**
   * Checks that the folders of topics are seen by those who read the output.
   *
   * @throws LoaderException if one would be hidden; its message names all of them
   */
  public static void checkTopics(Collection<String> topics) throws LoaderException {
    String hidden =
        String.join(
            ", ", topics.stream().filter(PathLayout::isHidden).distinct().sorted().toList());
    if (!hidden.isEmpty()) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          "Cannot load "
              + hidden
              + ": files below a name that begins with _ or . are hidden from MapReduce, Hive and"
              + " Spark, which would take the folder for empty. Leave such topics out with"
              + " --exclude.");
    }
  }

  private static boolean isHidden(String topic) {
    return topic.startsWith("_") || topic.startsWith(".");
  }
}
