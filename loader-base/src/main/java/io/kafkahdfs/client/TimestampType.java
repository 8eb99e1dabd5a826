package io.kafkahdfs.client;

/** Who gave a record its timestamp. */
public enum TimestampType {
  /** The record has none: its message format (before Kafka 0.10) knows no timestamps. */
  NONE,
  /** The producer. */
  CREATE_TIME,
  /** The broker, as it appended the record. */
  LOG_APPEND_TIME
}
