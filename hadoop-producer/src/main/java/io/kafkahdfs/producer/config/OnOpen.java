package io.kafkahdfs.producer.config;

/** What is done about an input file that is still being written. */
public enum OnOpen {
  /** Nothing is sent. */
  FAIL,
  /** The file is left out, and the receipt says so. */
  SKIP
}
