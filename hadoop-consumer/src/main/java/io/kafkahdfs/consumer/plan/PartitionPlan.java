package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.MayBeNull;
import io.kafkahdfs.state.StoredValue;

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
 * @param pinned whether the plan must be remembered even if nothing is read: the start policy put
 *     {@code from} where it would not put it again, or undecided records were seen first
 * @param leftOut how many offsets before {@code from} were there and are not loaded, since the
 *     start policy wants it so
 * @param undecided how many offsets from {@code end} on are written and cannot be read yet, since a
 *     transaction is neither committed nor aborted
 * @param undecidedSince when a run first saw that, ISO 8601; null if nothing is undecided
 */
public record PartitionPlan(
    PartitionId partition,
    long from,
    long readFrom,
    long until,
    long end,
    double bytesPerRecord,
    @MayBeNull String leaderHost,
    boolean pinned,
    @AddedLater Long leftOut,
    @AddedLater Long undecided,
    @AddedLater String undecidedSince) {
  public PartitionPlan {
    leftOut = leftOut == null ? 0 : leftOut;
    undecided = undecided == null ? 0 : undecided;
    StoredValue.time(partition.toString(), undecidedSince);
    if (from < 0
        || readFrom < from
        || until < readFrom
        || end < until
        || !(bytesPerRecord > 0)
        || !Double.isFinite(bytesPerRecord)
        || leftOut < 0
        || leftOut > from
        || undecided < 0) {
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
              + bytesPerRecord
              + ", "
              + leftOut
              + ", "
              + undecided);
    }
  }

  /** Nothing is left out or undecided. */
  public PartitionPlan(
      PartitionId partition,
      long from,
      long readFrom,
      long until,
      long end,
      double bytesPerRecord,
      String leaderHost,
      boolean pinned) {
    this(partition, from, readFrom, until, end, bytesPerRecord, leaderHost, pinned, 0L, 0L, null);
  }

  /** What is read. */
  public OffsetRange range() {
    return new OffsetRange(partition, readFrom, until);
  }

  /** What retention removed before it was read. */
  public OffsetRange lost() {
    return new OffsetRange(partition, from, readFrom);
  }

  /** What was there and is not loaded, since the start policy wants it so. */
  public OffsetRange leftOutRange() {
    return new OffsetRange(partition, from - leftOut, from);
  }

  /** How many offsets can be read and are left for later runs. */
  public long left() {
    return end - until;
  }

  /** The end of what is written. */
  public long highWatermark() {
    return end + undecided;
  }

  /** How many bytes of keys and values the range is expected to have. */
  public long estimatedBytes() {
    return (long) Math.ceil(range().size() * bytesPerRecord);
  }

  PartitionPlan endingAt(long earlier) {
    return new PartitionPlan(
        partition,
        from,
        readFrom,
        earlier,
        end,
        bytesPerRecord,
        leaderHost,
        pinned,
        leftOut,
        undecided,
        undecidedSince);
  }
}
