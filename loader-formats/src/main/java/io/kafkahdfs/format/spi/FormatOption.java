package io.kafkahdfs.format.spi;

/** Options that only some formats know. */
public enum FormatOption {
  /** What becomes of line breaks within values, and is undone on the way back. */
  NEWLINES,
  /** What stands between a key and a value. */
  KEY_SEPARATOR,
  /** Whether files may look like something else. */
  ANY_BYTES,
  /** How records that were not loaded from Kafka become values. */
  AVRO_VALUES
}
