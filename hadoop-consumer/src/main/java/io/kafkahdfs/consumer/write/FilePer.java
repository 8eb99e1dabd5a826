package io.kafkahdfs.consumer.write;

/** Whose records share a file. */
public enum FilePer {
  /** Those of one partition. */
  PARTITION,
  /** Those of one topic that one task reads. */
  TOPIC
}
