package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.MayBeNull;

/**
 * What a run does about one partition.
 *
 * @param partition which one
 * @param from where the last run ended, or where the start policy says to begin
 * @param readFrom where reading begins: behind what retention removed, at least {@code from}
 * @param until where the run ends, at least {@code readFrom}
 * @param end where the partition ends now, at least {@code until}
 * @param bytesPerRecord how many bytes of key and value a record is expected to have
 * @param leaderHost the host of the partition's leader, or null
 * @param pinned whether {@code from} must be remembered even if nothing is read: the start policy
 *     put it where it would not put it again
 */
public record PartitionPlan(
    PartitionId partition,
    long from,
    long readFrom,
    long until,
    long end,
    double bytesPerRecord,
    @MayBeNull String leaderHost,
    boolean pinned) {
  public PartitionPlan {
    if (from < 0
        || readFrom < from
        || until < readFrom
        || end < until
        || !(bytesPerRecord > 0)
        || !Double.isFinite(bytesPerRecord)) {
      throw new IllegalArgumentException(
          partition
              + ": "
              + from
              + ", "
              + readFrom
              + ", "
              + until
              + ", "
              + end
              + ", "
              + bytesPerRecord);
    }
  }

  /** What is read. */
  public OffsetRange range() {
    return new OffsetRange(partition, readFrom, until);
  }

  /** What retention removed before it was read. */
  public OffsetRange lost() {
    return new OffsetRange(partition, from, readFrom);
  }

  /** How many bytes of keys and values the range is expected to have. */
  public long estimatedBytes() {
    return (long) Math.ceil(range().size() * bytesPerRecord);
  }

  PartitionPlan endingAt(long earlier) {
    return new PartitionPlan(
        partition, from, readFrom, earlier, end, bytesPerRecord, leaderHost, pinned);
  }
}
