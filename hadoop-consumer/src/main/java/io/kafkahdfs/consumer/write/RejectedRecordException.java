package io.kafkahdfs.consumer.write;

import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.record.KafkaRecordWritable;

/** A mapper says that a record is bad. */
final class RejectedRecordException extends UnwritableRecordException {
  private static final long serialVersionUID = 1;

  RejectedRecordException(KafkaRecordWritable record, String reason) {
    super(record, "is rejected by the mapper: " + reason, "Mend what sends such records.");
  }
}
