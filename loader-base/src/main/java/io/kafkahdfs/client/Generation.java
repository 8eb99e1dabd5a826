package io.kafkahdfs.client;

/** Which of Kafka's protocols a cluster is spoken to with. */
public enum Generation {
  /** Kafka 0.8.2 and 0.9, through the 0.9 client. */
  LEGACY,
  /** Kafka 0.10.2 and newer, through today's client. */
  MODERN
}
