package io.kafkahdfs.format.registry;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;

/**
 * The registry works, and has no schema of Avro for an id: a fault of the record that bears the id,
 * and of no other.
 */
public final class UnknownSchemaException extends LoaderException {
  public UnknownSchemaException(String message) {
    super(ExitCode.FAILURE, message);
  }
}
