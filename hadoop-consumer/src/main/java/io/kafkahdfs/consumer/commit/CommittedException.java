package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;

/**
 * A failure behind the commit point: the commit stands, and not all of its files are in their
 * places yet.
 */
public final class CommittedException extends LoaderException {
  private final long number;

  CommittedException(ExitCode exitCode, long number, String message, Throwable cause) {
    super(exitCode, message, cause);
    this.number = number;
  }

  /** The number of the commit. */
  public long number() {
    return number;
  }
}
