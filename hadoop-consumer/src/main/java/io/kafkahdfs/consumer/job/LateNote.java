package io.kafkahdfs.consumer.job;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.consumer.commit.Commit;
import java.time.Duration;
import java.time.Instant;

/**
 * What a summary says of records that came late for their folders.
 *
 * @param records how many
 * @param oldest the time of the oldest, ISO 8601
 * @param ageSeconds how old that one was when the run began
 * @param folder where it stands, below the output root
 */
record LateNote(long records, String oldest, long ageSeconds, String folder) {
  /** That of a commit; null if none of its records came late. */
  static LateNote of(Commit commit) {
    if (commit.late() == null) {
      return null;
    }
    Instant oldest = Instant.parse(commit.late().oldest());
    return new LateNote(
        commit.late().records(),
        commit.late().oldest(),
        Duration.between(oldest, Instant.parse(commit.started())).toSeconds(),
        commit.late().folder());
  }

  /** For people, a line. */
  String text() {
    return "Late: %s %s for folders whose time was over when the last commit's run began; the oldest is %s old, in %s%n"
        .formatted(
            Amounts.count(records),
            records == 1 ? "record" : "records",
            Amounts.span(Duration.ofSeconds(ageSeconds)),
            folder);
  }
}
