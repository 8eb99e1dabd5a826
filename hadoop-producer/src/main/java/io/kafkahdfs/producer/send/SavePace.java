package io.kafkahdfs.producer.send;

import java.time.Duration;

/**
 * How often progress is saved in a file: as often as that takes little of the time, since what was
 * sent behind it is sent again after a failure. Used by one thread.
 */
final class SavePace {
  /** Saving takes one part of the time in so many. */
  private static final int PARTS = 20;

  private static final long SHORTEST_NANOS = Duration.ofMillis(100).toNanos();

  /** Before it is known how fast records are sent. */
  private static final long FIRST_RECORDS = 100;

  private final long mostRecords;
  private final long longestNanos;
  private long records;
  private long nanos;

  /**
   * @param most never more records, and no longer
   */
  SavePace(Delivery.Pace most) {
    mostRecords = most.records();
    longestNanos = most.interval().toNanos();
    records = Math.min(FIRST_RECORDS, mostRecords);
    nanos = Math.min(SHORTEST_NANOS, longestNanos);
  }

  Delivery.Pace now() {
    return new Delivery.Pace(records, Duration.ofNanos(nanos));
  }

  /**
   * Learns how fast records are sent. Twice as many may then be sent until the next time, so that
   * it is the interval that counts.
   *
   * @param sent how many since the last time
   * @param took how many nanoseconds
   */
  void sent(long sent, long took) {
    double expected = 2.0 * sent * nanos / Math.max(1, took);
    records = (long) Math.min(mostRecords, Math.max(FIRST_RECORDS, expected));
  }

  /**
   * Learns how long saving takes.
   *
   * @param took nanoseconds
   */
  void saved(long took) {
    nanos = Math.min(longestNanos, Math.max(SHORTEST_NANOS, took * PARTS));
  }
}
