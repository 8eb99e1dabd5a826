package io.kafkahdfs.client;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * A connection to a Kafka cluster, of whichever generation. All methods wait for the brokers and
 * retry as long as the cluster's time-out allows; then they throw {@link
 * KafkaUnreachableException}. Used by one thread, but for the readers it hands out, which are
 * independent of it and of each other.
 */
public interface KafkaCluster extends Closeable {
  Generation generation();

  /**
   * The partitions of all topics that the filter accepts. A topic that does not exist is simply not
   * among them, and is not created by asking.
   */
  SortedMap<PartitionId, PartitionInfo> partitions(TopicFilter topics) throws IOException;

  /**
   * What can be read now: from the first offset that retention left to the first one that is not
   * readable yet (the high watermark, or the last stable offset). One request a broker.
   *
   * @throws IOException also if one of the partitions does not exist
   */
  Map<PartitionId, OffsetRange> available(Set<PartitionId> partitions) throws IOException;

  /**
   * The offset to begin with to see all records from a time on. It may be earlier than needed
   * (Kafka 0.9 only knows when segments were written), never later. The end of the partition if
   * there is none.
   */
  Map<PartitionId, Long> offsetsAt(Set<PartitionId> partitions, Instant time) throws IOException;

  /** Begins to read a range. */
  RangeReader read(OffsetRange range, ReadSettings settings) throws IOException;

  @Override
  void close();
}
