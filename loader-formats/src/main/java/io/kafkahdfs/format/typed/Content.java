package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.ByteView;
import java.io.IOException;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/** What the bytes of values, or of keys, mean. Not for several threads. */
interface Content {
  /**
   * What bytes were written with. Equal only if it is one object.
   *
   * @param id the registry's number of the schema, if it stands in the bytes
   */
  final class Written {
    private final OptionalInt id;
    private final Schema schema;

    Written(OptionalInt id, Schema schema) {
      this.id = id;
      this.schema = schema;
    }

    OptionalInt id() {
      return id;
    }

    Schema schema() {
      return schema;
    }
  }

  /** Reads bytes that were written with one schema by another one. */
  interface Reading {
    /**
     * @param old what was read before, may be used again; or null
     * @throws BadContentException if the bytes make no sense
     */
    Object read(ByteView bytes, Object old) throws BadContentException;

    /**
     * Shows where in bytes that were read without fault the data stands in Avro's binary encoding
     * by the schema to read by.
     *
     * @return false if it does not stand there so
     */
    default boolean showEncoded(ByteView bytes, ByteView encoded) {
      return false;
    }
  }

  /**
   * Which schema bytes were written with: the same object for the same one.
   *
   * @throws BadContentException if that cannot be told
   * @throws IOException if it cannot be told now, and a later time may be better
   */
  Written written(ByteView bytes) throws BadContentException, IOException;

  /**
   * Reads bytes by another schema.
   *
   * @param schema has all that the written one has
   */
  Reading reading(Written written, Schema schema);
}
