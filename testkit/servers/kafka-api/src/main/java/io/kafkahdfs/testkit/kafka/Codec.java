package io.kafkahdfs.testkit.kafka;

/** How a producer compresses what it sends. */
public enum Codec {
  NONE,
  GZIP,
  SNAPPY,
  LZ4,
  /** Brokers know it since 2.1. */
  ZSTD
}
