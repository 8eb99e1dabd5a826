package io.kafkahdfs.client;

/** Which records of transactions are seen. */
public enum Isolation {
  /** Those of committed ones; reading ends before the first that is not decided yet. */
  READ_COMMITTED,
  /** All. The only way with brokers before Kafka 0.11, which have no transactions. */
  READ_UNCOMMITTED
}
