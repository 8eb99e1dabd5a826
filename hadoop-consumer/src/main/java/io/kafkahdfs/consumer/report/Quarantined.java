package io.kafkahdfs.consumer.report;

import io.kafkahdfs.consumer.commit.Commit;

/** What of the bad records can be looked at, and mended. */
final class Quarantined {
  private Quarantined() {}

  /** How many of a partition's bad offsets are in quarantine: a mapper may make several of one. */
  static long offsets(Commit.Partition done) {
    return Math.min(done.held(), done.tally().bad());
  }
}
