package io.kafkahdfs.format.typed;

import java.util.Locale;

/** What values, or keys, are. */
public enum ValueKind {
  /** Bytes, of which nothing is known. */
  BYTES,
  /** JSON that an Avro schema describes. */
  JSON,
  /** Avro's binary encoding. */
  AVRO;

  /** Its name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return id();
  }
}
