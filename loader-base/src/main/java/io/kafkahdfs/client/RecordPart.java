package io.kafkahdfs.client;

/** A part of a record that not every Kafka keeps. */
public enum RecordPart {
  /** Since Kafka 0.10. */
  TIMESTAMP,
  /** Since Kafka 0.11. */
  HEADERS
}
