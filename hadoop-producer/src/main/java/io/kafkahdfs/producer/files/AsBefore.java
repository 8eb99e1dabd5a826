package io.kafkahdfs.producer.files;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.Quarantine;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.IOException;

/** Records of a quarantine as they were before they were put there: without the reasons. */
record AsBefore(RecordDecoder records) implements RecordDecoder {
  /** Leaves those of other files as they are, whatever headers they have. */
  static RecordDecoder of(RecordDecoder records) {
    return records.holdsBad() ? new AsBefore(records) : records;
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    if (!records.next(into)) {
      return false;
    }
    into.setHeaders(Quarantine.original(into.headers()));
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
