package io.kafkahdfs.offset;

/**
 * What became of offsets: each is counted once. Immutable.
 *
 * @param written offsets that have at least one record in a file, and none that is bad
 * @param filtered offsets whose record the mapper left out
 * @param bad offsets whose record could not be read, or that have one that could not be written
 * @param invisible offsets that no record has
 * @param lost offsets that retention removed before they were read
 */
public record OffsetTally(long written, long filtered, long bad, long invisible, long lost) {
  /** Of no offsets. */
  public static final OffsetTally NONE = new OffsetTally(0, 0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException if a count is negative, or there are more than offsets can be
   */
  public OffsetTally {
    if (written < 0 || filtered < 0 || bad < 0 || invisible < 0 || lost < 0) {
      throw new IllegalArgumentException(
          "No count of offsets is negative: " + text(written, filtered, bad, invisible, lost));
    }
    try {
      sum(written, filtered, bad, invisible, lost);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "More than a partition can have: " + text(written, filtered, bad, invisible, lost), e);
    }
  }

  /** So many offsets were lost, and nothing else. */
  public static OffsetTally ofLost(long lost) {
    return new OffsetTally(0, 0, 0, 0, lost);
  }

  /** Of both together, which have no offset in common. */
  public OffsetTally plus(OffsetTally other) {
    return new OffsetTally(
        written + other.written,
        filtered + other.filtered,
        bad + other.bad,
        invisible + other.invisible,
        lost + other.lost);
  }

  /** Of the same offsets without some of those that were lost. */
  public OffsetTally withoutLost(long some) {
    return new OffsetTally(written, filtered, bad, invisible, lost - some);
  }

  /** How many offsets are accounted for. */
  public long total() {
    return written + filtered + bad + invisible + lost;
  }

  /** How many records were read: those written and those filtered. */
  public long read() {
    return written + filtered;
  }

  /**
   * Holds the counts against the range that they are of.
   *
   * @throws IllegalArgumentException if their sum is not the number of its offsets
   */
  public void check(OffsetRange range) {
    if (total() != range.size()) {
      throw new IllegalArgumentException(
          "The offsets of "
              + range
              + " do not add up: "
              + this
              + " = "
              + total()
              + ", not "
              + range.size());
    }
  }

  private static long sum(long... counts) {
    long sum = 0;
    for (long count : counts) {
      sum = Math.addExact(sum, count);
    }
    return sum;
  }

  private static String text(long written, long filtered, long bad, long invisible, long lost) {
    return written
        + " written + "
        + filtered
        + " filtered + "
        + bad
        + " bad + "
        + invisible
        + " invisible + "
        + lost
        + " lost";
  }

  /** The counts with their names, as a sum. */
  @Override
  public String toString() {
    return text(written, filtered, bad, invisible, lost);
  }
}
