package io.kafkahdfs.client;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A connection to a Kafka cluster, of whichever generation. All methods wait for the brokers and
 * retry as long as the cluster's time-out allows; then they throw {@link
 * KafkaUnreachableException}. Used by one thread, but for the readers it hands out, which are
 * independent of it and of each other.
 */
public interface KafkaCluster extends Closeable {
  /** How it is spoken to; a plan keeps it, so that its tasks need not find out again. */
  Generation generation();

  /** Whether records of aborted and undecided transactions are hidden. */
  Isolation isolation();

  /** What the cluster calls itself; empty before Kafka 0.10.1. */
  Optional<String> clusterId() throws IOException;

  /**
   * Describes all topics that the filter accepts, in one look: ids, partitions, leaders and what
   * can be read now. A topic that does not exist is simply not among them, and is not created by
   * asking.
   *
   * <p>Each partition's first offset is asked for before its high watermark, and that before the
   * end of what is readable. So a range is never the wrong way round, and what is said to be
   * undecided was so when the answer came.
   */
  TopicsSnapshot describe(TopicFilter topics) throws IOException;

  /**
   * The offset to begin with to see all records from a time on. It may be earlier than needed
   * (Kafka 0.9 only knows when segments were written), never later. The end of the partition if
   * there is none.
   */
  Map<PartitionId, Long> offsetsAt(Set<PartitionId> partitions, Instant time) throws IOException;

  /**
   * Looks at single records, in as few requests as the brokers allow: it costs about as much for
   * all partitions of a broker as for one. A record that cannot be seen is no failure: its answer
   * has the reason. That is also so if a partition does not answer for 10 seconds, or the time-out
   * if it is shorter.
   *
   * @param offsets where to look, in partitions that exist
   * @param settings how large a record may be
   * @return an answer for each
   */
  Map<PartitionId, RecordLook> look(Map<PartitionId, Long> offsets, ReadSettings settings)
      throws IOException;

  /**
   * Begins to read ranges in their order, all over the same connections, later ones ahead while
   * earlier ones are read. A partition may have several ranges.
   *
   * @param ranges at least one
   */
  RangeReader read(List<OffsetRange> ranges, ReadSettings settings) throws IOException;

  /** Begins to read a range. */
  default RangeReader read(OffsetRange range, ReadSettings settings) throws IOException {
    return read(List.of(range), settings);
  }

  /**
   * Whether {@link #publishOffsets} and {@link #publishedOffsets} work here. To be asked when a run
   * is planned that wants it.
   */
  boolean publishesOffsets();

  /**
   * Sets the offsets of a consumer group, so that tools that watch lags see how far a load came.
   *
   * @param group a group without members
   * @param next the next offset to read, for each partition; groups keep what is not named
   * @throws io.kafkahdfs.failure.LoaderException if the group has members, or this cluster cannot
   *     do it
   */
  void publishOffsets(String group, Map<PartitionId, Long> next) throws IOException;

  /**
   * The offsets that a consumer group has; none for a group that does not exist.
   *
   * @throws io.kafkahdfs.failure.LoaderException if this cluster cannot tell
   */
  Map<PartitionId, Long> publishedOffsets(String group) throws IOException;

  @Override
  void close();
}
