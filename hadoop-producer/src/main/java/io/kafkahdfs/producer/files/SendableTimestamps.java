package io.kafkahdfs.producer.files;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.BadRecordException;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.IOException;

/**
 * Records whose timestamps Kafka's producer takes. Brokers take times before 1970 from other
 * clients, so archives may have some.
 */
record SendableTimestamps(RecordDecoder records) implements RecordDecoder {
  @Override
  public boolean next(KafkaRecord into) throws IOException {
    if (!records.next(into)) {
      return false;
    }
    if (into.timestamp() < 0 && into.timestamp() != KafkaRecord.NO_TIMESTAMP) {
      throw new BadRecordException(
          "has the timestamp "
              + into.timestamp()
              + ", before 1970, which Kafka's producer does not send; --timestamps now sends"
              + " records without their own");
    }
    return true;
  }

  @Override
  public float progress() throws IOException {
    return records.progress();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
