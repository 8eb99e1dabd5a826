package io.kafkahdfs.format.spi;

import io.kafkahdfs.client.KafkaRecord;
import java.io.IOException;

/** A row has something that files of a format cannot have. Nothing of it is written. */
public final class UnwritableRowException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param reason to follow the record's place: "has a time that ..."
   */
  public UnwritableRowException(String reason) {
    super(reason);
  }

  /** The same of a record. */
  public UnwritableRecordException of(KafkaRecord record) {
    return new UnwritableRecordException(record, getMessage(), "Use another --format.");
  }
}
