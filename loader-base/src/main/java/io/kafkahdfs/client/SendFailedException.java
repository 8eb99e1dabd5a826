package io.kafkahdfs.client;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;

/** A record could not be sent, in spite of all retries. The sender is of no further use. */
public final class SendFailedException extends LoaderException {
  private final long number;
  private final String reason;

  /**
   * @param number the record's, as it was given to {@link RecordSender#send}
   * @param reason what Kafka said, and where the record was to go
   */
  public SendFailedException(ExitCode exitCode, long number, String reason, Throwable cause) {
    super(exitCode, "Record " + number + " could not be sent " + reason, cause);
    this.number = number;
    this.reason = reason;
  }

  public long number() {
    return number;
  }

  /** To follow "could not be sent". */
  public String reason() {
    return reason;
  }
}
