package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Sha256;
import io.kafkahdfs.store.HiddenName;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/**
 * A folder for each topic. A file with records of one partition stands at {@code
 * <topic>/<topic>-<partition>-<first offset>-<last offset><extension>} below the output root, one
 * with records of several at {@code <topic>/<topic>-<partition>-to-<partition>-<first
 * offset><extension>}: those of its first and its last part, and the offset of its first record.
 * Offsets have 20 digits, so that names sort as offsets do, and two files with records of their own
 * never share a name.
 *
 * <p>A file system allows a name 255 bytes, and a topic's alone may have 249. So files of topics
 * with more than {@link #TOPIC_IN_NAME} letters have names that begin with a part of the topic's
 * and a hash of it; their folder has the whole name. {@code ~}, which no topic has, sorts behind
 * all that a topic may have: files that earlier versions have landed under the whole name, before
 * these, sort before them.
 *
 * @param filePer whose records share a file
 */
public record PathLayout(FilePer filePer) implements Layout {
  /**
   * The most letters of a topic's name that a file's name has room for. With 20 digits for each
   * offset, 10 for the partition, the longest extension, and {@code .} and {@code .crc} around it
   * where Hadoop's local file system keeps checksums, a name has 250 bytes at most.
   */
  static final int TOPIC_IN_NAME = 179;

  private static final int HASH_DIGITS = 16;
  private static final String LONGEST_EXTENSION = ".json.deflate";

  @Override
  public Lane lane(KafkaRecord record, Lane last) {
    String topic = record.partition().topic();
    int partition = record.partition().partition();
    boolean shared = filePer == FilePer.TOPIC;
    if (last != null
        && last.topic().equals(topic)
        && (shared || last.partition().getAsInt() == partition)) {
      return last;
    }
    return new Lane(topic, topic, shared ? OptionalInt.empty() : OptionalInt.of(partition));
  }

  @Override
  public String path(Lane lane, List<FilePart> parts, String extension) {
    FilePart first = parts.get(0);
    FilePart last = parts.get(parts.size() - 1);
    String name =
        parts.size() == 1
            ? name(lane.topic(), first, extension)
            : "%s-%d-to-%d-%020d%s"
                .formatted(
                    begin(lane.topic()),
                    first.partition().partition(),
                    last.partition().partition(),
                    first.firstOffset(),
                    extension);
    return lane.folder() + "/" + name;
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

  @Override
  public String stagedName(Lane lane, int number, String extension) {
    return begin(lane.topic()) + "." + number + extension;
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

  /** The bytes of the longest name that a topic's files, or their folder, can have. */
  public static int longestName(String topic) {
    PartitionId partition = new PartitionId(topic, Integer.MAX_VALUE);
    FilePart part = new FilePart(partition, Long.MAX_VALUE - 1, Long.MAX_VALUE - 1, 1);
    return Math.max(topic.length(), name(topic, part, LONGEST_EXTENSION).length());
  }

  /**
   * Checks that the folders of topics are seen by those who read the output.
   *
   * @throws LoaderException if one would be hidden; its message names all of them
   */
  public static void checkTopics(Collection<String> topics) throws LoaderException {
    String hidden =
        String.join(", ", topics.stream().filter(HiddenName::is).distinct().sorted().toList());
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
}
