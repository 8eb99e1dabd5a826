package io.kafkahdfs.client;

import io.kafkahdfs.offset.PartitionId;
import java.util.List;

/**
 * One record, as a view that is moved over a batch: {@link RecordBatch#next} fills it in, and its
 * key and value point into the batch. Whoever keeps a record longer than until the next call must
 * copy what it keeps. Not for several threads.
 */
public class KafkaRecord {
  /** The timestamp of a record that has none. */
  public static final long NO_TIMESTAMP = -1;

  /** The leader epoch of a record of which it is not known. */
  public static final int NO_LEADER_EPOCH = -1;

  private final ByteView key = new ByteView();
  private final ByteView value = new ByteView();
  private PartitionId partition;
  private long offset;
  private long timestamp = NO_TIMESTAMP;
  private TimestampType timestampType = TimestampType.NONE;
  private List<RecordHeader> headers = List.of();
  private int leaderEpoch = NO_LEADER_EPOCH;

  /** Where the record stood. */
  public final PartitionId partition() {
    return partition;
  }

  /** Its offset in its partition. */
  public final long offset() {
    return offset;
  }

  /** Milliseconds since 1970 UTC, or {@link #NO_TIMESTAMP}. */
  public final long timestamp() {
    return timestamp;
  }

  public final TimestampType timestampType() {
    return timestampType;
  }

  /** The key; it can be changed in place. */
  public final ByteView key() {
    return key;
  }

  /** The value; it can be changed in place. */
  public final ByteView value() {
    return value;
  }

  public final List<RecordHeader> headers() {
    return headers;
  }

  /** The epoch of the leader that appended the record, or {@link #NO_LEADER_EPOCH}. */
  public final int leaderEpoch() {
    return leaderEpoch;
  }

  /** Moves the record to another place, and clears nothing else. */
  public final void setPosition(PartitionId newPartition, long newOffset) {
    partition = newPartition;
    offset = newOffset;
  }

  /**
   * @param newTimestamp milliseconds since 1970 UTC, or {@link #NO_TIMESTAMP} with {@link
   *     TimestampType#NONE}
   */
  public final void setTimestamp(long newTimestamp, TimestampType type) {
    timestamp = newTimestamp;
    timestampType = type;
  }

  public final void setHeaders(List<RecordHeader> newHeaders) {
    headers = newHeaders;
  }

  public final void setLeaderEpoch(int newLeaderEpoch) {
    leaderEpoch = newLeaderEpoch;
  }

  /** Becomes the other record, whose key and value stay where they lie. */
  public final void showSameAs(KafkaRecord other) {
    key.showSameAs(other.key);
    value.showSameAs(other.value);
    partition = other.partition;
    offset = other.offset;
    timestamp = other.timestamp;
    timestampType = other.timestampType;
    headers = other.headers;
    leaderEpoch = other.leaderEpoch;
  }

  /** The record's place, for messages. */
  @Override
  public String toString() {
    return partition + "@" + offset;
  }
}
