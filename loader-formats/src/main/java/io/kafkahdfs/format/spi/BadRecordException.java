package io.kafkahdfs.format.spi;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;

/** A record cannot be understood. Reading can continue behind it. */
public final class BadRecordException extends LoaderException {
  /**
   * @param what what is wrong, to follow the record's place
   */
  public BadRecordException(String what) {
    super(ExitCode.FAILURE, what);
  }
}
