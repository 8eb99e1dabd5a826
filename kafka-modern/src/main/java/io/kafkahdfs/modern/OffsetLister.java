package io.kafkahdfs.modern;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Asks for the offsets of partitions that exist. */
interface OffsetLister {
  static TopicPartition kafkaId(PartitionId partition) {
    return new TopicPartition(partition.topic(), partition.partition());
  }

  /** What can be read now. */
  Map<PartitionId, OffsetRange> available(Set<PartitionId> partitions) throws IOException;

  /** Where to begin to see all records from a time on; the end if there are none. */
  Map<PartitionId, Long> at(Set<PartitionId> partitions, Instant time) throws IOException;
}
