package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.Quarantine;
import java.util.OptionalInt;

/**
 * A folder of the quarantine for each topic, and a file for each partition: damage may come before
 * the records of an earlier partition are all written, so partitions do not share one.
 */
public record QuarantineLayout() implements Layout {
  @Override
  public Lane lane(KafkaRecord record, Lane last) {
    String topic = record.partition().topic();
    int partition = record.partition().partition();
    if (last != null && last.topic().equals(topic) && last.partition().getAsInt() == partition) {
      return last;
    }
    return new Lane(
        Quarantine.FOLDER + "/" + FolderName.visible(topic), topic, OptionalInt.of(partition));
  }

  @Override
  public boolean isLate() {
    return false;
  }
}
