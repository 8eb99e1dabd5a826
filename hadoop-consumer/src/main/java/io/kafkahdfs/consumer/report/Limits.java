package io.kafkahdfs.consumer.report;

/**
 * How much a page shows before it sums up.
 *
 * @param points runs in a chart
 * @param buckets spans of time in a chart
 * @param topics in a chart; the others are one together
 * @param partitions in the map of offsets
 * @param segments in the map of offsets, of all partitions together
 * @param rows of a table of events
 */
record Limits(int points, int buckets, int topics, int partitions, int segments, int rows) {
  static final Limits PAGE = new Limits(240, 168, 7, 2_000, 20_000, 1_000);

  /** Segments of one partition, of so many. */
  int segmentsOf(int count) {
    return Math.max(8, Math.min(240, segments / Math.max(1, Math.min(count, partitions))));
  }
}
