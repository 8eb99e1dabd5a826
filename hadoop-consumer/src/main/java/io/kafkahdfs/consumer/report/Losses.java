package io.kafkahdfs.consumer.report;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.ManualChange;
import io.kafkahdfs.consumer.report.ReportData.Loss;
import java.util.List;

/** Offsets that are not in the output and were not left out by the user's mapper. */
final class Losses {
  private final Newest<Loss> losses;

  /**
   * @param most how many to keep
   */
  Losses(int most) {
    this.losses = new Newest<>(most);
  }

  /** What a commit in effect says of a partition. */
  void landed(long commit, long committed, Commit.Partition done) {
    long unknown = done.tally().lost();
    for (Commit.Gap gap : done.removed()) {
      long count = gap.until() - gap.from();
      add(commit, committed, done, "lost", gap.from(), gap.until(), count);
      unknown -= count;
    }
    add(commit, committed, done, "lost", done.from(), done.until(), unknown);
    long quarantined = Quarantined.offsets(done);
    add(
        commit,
        committed,
        done,
        "bad",
        done.from(),
        done.until(),
        done.tally().bad() - quarantined);
    add(commit, committed, done, "in quarantine", done.from(), done.until(), quarantined);
  }

  private void add(
      long commit,
      long committed,
      Commit.Partition done,
      String what,
      long from,
      long until,
      long count) {
    if (count > 0) {
      losses.add(
          new Loss(commit, committed, done.topic(), done.partition(), what, from, until, count));
    }
  }

  /** The next offset was set forward. */
  void skipped(long commit, long committed, ManualChange.OffsetEdit edit) {
    losses.add(
        new Loss(
            commit,
            committed,
            edit.topic(),
            edit.partition(),
            "skipped",
            edit.from(),
            edit.to(),
            edit.to() - edit.from()));
  }

  /** The newest first. */
  List<Loss> newest() {
    return losses.list();
  }

  int all() {
    return losses.all();
  }
}
