package io.kafkahdfs.consumer.write;

import io.kafkahdfs.offset.PartitionId;
import java.util.OptionalInt;

/** Whose records share a file. */
public enum FilePer {
  /** Those of one partition. */
  PARTITION,
  /** Those of one topic that one task reads. */
  TOPIC;

  /** The partition that a file with a record of this one is of; empty if others share it. */
  OptionalInt of(PartitionId partition) {
    return this == TOPIC ? OptionalInt.empty() : OptionalInt.of(partition.partition());
  }
}
