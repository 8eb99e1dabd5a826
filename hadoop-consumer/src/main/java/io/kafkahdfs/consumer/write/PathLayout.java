package io.kafkahdfs.consumer.write;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where files stand: a data file at {@code <topic>/<topic>-<partition>-<first offset>-<last
 * offset><extension>} below the output root. Offsets have 20 digits, so that names sort as offsets
 * do, and two files with records of their own never share a name.
 */
public final class PathLayout {
  /**
   * From the end on it can be read in one way only, though a topic may hold dots, dashes and
   * digits: an extension has no dash.
   */
  private static final Pattern DATA_FILE =
      Pattern.compile(
          "(?<topic>[^/]+)/\\k<topic>-(?<partition>0|[1-9][0-9]*)-(?<first>[0-9]{20})"
              + "-(?<last>[0-9]{20})(?<extension>(\\.[a-z0-9]+)+)");

  private PathLayout() {}

  /** The path of a data file below the output root. */
  public static String path(DataFileName name) {
    return "%s/%s-%020d-%020d%s"
        .formatted(
            name.partition().topic(),
            name.partition(),
            name.firstOffset(),
            name.lastOffset(),
            name.extension());
  }

  /**
   * Reads the path of a data file back.
   *
   * @param path below the output root
   * @return empty if {@link #path} makes no such path
   */
  public static Optional<DataFileName> parse(String path) {
    Matcher matcher = DATA_FILE.matcher(path);
    if (!matcher.matches()) {
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
    return "%s-%020d.%d%s".formatted(partition, from, number, extension);
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
