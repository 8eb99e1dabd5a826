package io.kafkahdfs.testkit.kafka;

/** How a producer compresses what it sends. */
public enum Codec {
  NONE,
  GZIP,
  SNAPPY,
  LZ4
}
