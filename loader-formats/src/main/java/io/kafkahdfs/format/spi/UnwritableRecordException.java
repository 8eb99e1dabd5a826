package io.kafkahdfs.format.spi;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;

/**
 * A record cannot be written as it is told to be: it is bad, and nothing else is. Whoever throws
 * this has written no byte of the record, so the file that it was for is sound and takes the next
 * one. Any other exception spoils the file.
 */
public class UnwritableRecordException extends LoaderException {
  private static final long serialVersionUID = 1;

  private final String reason;

  /**
   * @param reason what is wrong, to follow the record's place: "has a line feed at byte 5"
   * @param wayOut what the user can do, in sentences, apart from bearing with bad records
   */
  public UnwritableRecordException(KafkaRecord record, String reason, String wayOut) {
    this(record, reason, wayOut, null);
  }

  /**
   * @param cause what was thrown at the record; null if nothing was
   */
  public UnwritableRecordException(
      KafkaRecord record, String reason, String wayOut, Throwable cause) {
    super(ExitCode.FAILURE, "The record " + record + " " + reason + ". " + wayOut, cause);
    this.reason = reason;
  }

  /** What is wrong, to follow the record's place. */
  public final String reason() {
    return reason;
  }

  /** None: it tells of a record and not of the code, and there may be one for each record. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
