package io.kafkahdfs.offset;

import java.util.Objects;

/**
 * A half-open range of offsets of one partition: {@code from} is the first offset in it, {@code
 * until} the first one behind it.
 *
 * @param partition whose offsets these are
 * @param from first offset, 0 or more
 * @param until first offset not in the range, at least {@code from}
 */
public record OffsetRange(PartitionId partition, long from, long until) {
  public OffsetRange {
    Objects.requireNonNull(partition, "partition");
    if (from < 0 || until < from) {
      throw new IllegalArgumentException(
          "[" + from + ", " + until + ") of " + partition + " is no range of offsets");
    }
  }

  /** How many offsets are in the range. There may be fewer records, never more. */
  public long size() {
    return until - from;
  }

  public boolean isEmpty() {
    return from == until;
  }

  public boolean contains(long offset) {
    return from <= offset && offset < until;
  }

  /** What is left of this range from an offset on; the offset may be {@code until}. */
  public OffsetRange startingAt(long offset) {
    return new OffsetRange(partition, checkWithin(offset), until);
  }

  /** What of this range lies before an offset; the offset may be {@code until}. */
  public OffsetRange endingAt(long offset) {
    return new OffsetRange(partition, from, checkWithin(offset));
  }

  private long checkWithin(long offset) {
    if (offset < from || offset > until) {
      throw new IllegalArgumentException("Offset " + offset + " is not within " + this);
    }
    return offset;
  }

  @Override
  public String toString() {
    return partition + " [" + from + ", " + until + ")";
  }
}
