package io.kafkahdfs.format.spi;

/** How Avro records that are no archive records become values. */
public enum AvroValues {
  /** Avro's binary encoding, without the schema. */
  BINARY,
  /** Avro's JSON encoding. */
  JSON
}
