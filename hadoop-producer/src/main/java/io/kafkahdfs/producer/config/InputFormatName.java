package io.kafkahdfs.producer.config;

/** The formats that can be read. */
public enum InputFormatName {
  AVRO,
  TEXT,
  SEQUENCE
}
