package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.UnwritableRecordException;

/** A value or a key makes no sense, or cannot stand in the columns. */
final class BadContentException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param reason to follow "its value" or "its key": a clause
   */
  BadContentException(String reason) {
    super(reason);
  }

  /** What is bad in a record. */
  UnwritableRecordException of(KafkaRecord record, String part) {
    return new UnwritableRecordException(
        record,
        "cannot be decoded: its " + part + " " + getMessage(),
        "Correct who writes such records, or land bytes as they are (--" + part + "s bytes).");
  }

  /** A record whose value names no folder for it. */
  UnwritableRecordException ofFolder(KafkaRecord record) {
    return new UnwritableRecordException(
        record,
        "belongs into no folder: its value " + getMessage(),
        "Correct who writes such records, or choose another --layout or --time.");
  }

  /** None: it tells of a record and not of the code, and there may be one for each record. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
