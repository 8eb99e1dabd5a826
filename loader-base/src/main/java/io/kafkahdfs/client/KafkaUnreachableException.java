package io.kafkahdfs.client;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;

/** No broker answered, or the one that must did not, in spite of all retries. */
public final class KafkaUnreachableException extends LoaderException {
  public KafkaUnreachableException(String message, Throwable cause) {
    super(ExitCode.KAFKA_UNREACHABLE, message, cause);
  }
}
