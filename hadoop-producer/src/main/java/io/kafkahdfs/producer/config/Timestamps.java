package io.kafkahdfs.producer.config;

/** Which timestamps records get in Kafka. */
public enum Timestamps {
  /** Their own, if they have one. */
  KEEP,
  /** The time at which they are sent. */
  NOW
}
