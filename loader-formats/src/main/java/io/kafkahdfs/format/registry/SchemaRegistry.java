package io.kafkahdfs.format.registry;

import java.io.IOException;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * Knows schemas by the ids that stand in records. May be used by several threads. All methods throw
 * an {@link io.kafkahdfs.failure.LoaderException} that names the registry if it cannot be asked or
 * answers with what cannot be used, and an {@link java.io.InterruptedIOException} if the thread is
 * interrupted.
 */
public interface SchemaRegistry {
  /**
   * The schema of an id; asked for once, and the same object each time.
   *
   * @throws UnknownSchemaException if there is none, or one that is not of Avro: the record with
   *     this id cannot be read, others can
   */
  Schema byId(int id) throws IOException;

  /**
   * Registers a schema as the newest of a subject, unless the subject has it.
   *
   * @return its id
   */
  int register(String subject, Schema schema) throws IOException;

  /** The id that a schema has in a subject; empty if the subject has no such schema. */
  OptionalInt idOf(String subject, Schema schema) throws IOException;
}
