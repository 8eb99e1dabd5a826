package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.HiddenName;
import java.util.Collection;

/**
 * A folder for each topic, with the topic's name.
 *
 * @param filePer whose records share a file
 */
public record PathLayout(FilePer filePer) implements Layout {
  @Override
  public Lane lane(KafkaRecord record, Lane last) {
    String topic = record.partition().topic();
    if (last != null
        && last.topic().equals(topic)
        && (filePer == FilePer.TOPIC
            || last.partition().getAsInt() == record.partition().partition())) {
      return last;
    }
    return new Lane(topic, topic, filePer.of(record.partition()));
  }

  @Override
  public boolean isLate() {
    return false;
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
