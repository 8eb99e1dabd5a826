package io.kafkahdfs.consumer.upkeep;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.commit.Lineage;
import io.kafkahdfs.consumer.commit.ManualChange;
import io.kafkahdfs.consumer.commit.Rollback;
import io.kafkahdfs.offset.OffsetTally;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * A commit in short, for programs and for people.
 *
 * @param committed when, ISO 8601
 * @param seconds from the run's beginning to its commit
 * @param what it did: {@code load}, {@code rollback}, {@code forget}, {@code compact}, {@code
 *     repair}, {@code purge} or {@code set-offsets}
 * @param to the commit that a rollback went back to; null for others
 * @param why it was changed by hand, if it was and somebody said so
 * @param stands false if a later rollback undid it
 * @param records in its files, those of the quarantine not counted
 * @param bytes of the keys and values that were read
 * @param quarantined records that it put aside
 * @param late records that came late for their folders
 * @param tally of all its offsets
 */
record HistoryEntry(
    long number,
    String committed,
    double seconds,
    String user,
    String host,
    String what,
    Long to,
    String why,
    boolean stands,
    long records,
    long bytes,
    long files,
    long quarantined,
    long late,
    @JsonUnwrapped @JsonIgnoreProperties({"written", "invisible"}) OffsetTally tally) {

  /**
   * @param latest in their order; the last one is the load's last
   */
  static List<HistoryEntry> of(List<Commit> latest) {
    Listed listed = new Listed();
    latest.forEach(listed::take);
    return listed.entries();
  }

  /** Of all commits, of which one is in memory at a time. */
  static List<HistoryEntry> of(CommitStore commits) throws IOException {
    Listed listed = new Listed();
    commits.each(listed::take);
    return listed.entries();
  }

  /** Which of them stand is known at the end. */
  private static final class Listed {
    private final Lineage lineage = new Lineage();
    private final List<HistoryEntry> entries = new ArrayList<>();

    private void take(Commit commit) {
      lineage.add(commit);
      entries.add(of(commit));
    }

    private List<HistoryEntry> entries() {
      Set<Long> standing = lineage.standing();
      return entries.stream()
          .map(entry -> standing.contains(entry.number) ? entry : entry.undone())
          .toList();
    }
  }

  private HistoryEntry undone() {
    return new HistoryEntry(
        number,
        committed,
        seconds,
        user,
        host,
        what,
        to,
        why,
        false,
        records,
        bytes,
        files,
        quarantined,
        late,
        tally);
  }

  private static HistoryEntry of(Commit commit) {
    ManualChange change = commit.change();
    Rollback rollback = change == null ? null : change.rollback();
    return new HistoryEntry(
        commit.number(),
        commit.committed(),
        Duration.between(Instant.parse(commit.started()), Instant.parse(commit.committed()))
                .toMillis()
            / 1000.0,
        commit.user(),
        commit.host(),
        what(commit),
        rollback == null ? null : rollback.to(),
        why(change),
        true,
        sum(commit, Commit.Partition::records),
        sum(commit, Commit.Partition::bytes),
        commit.files().stream().filter(file -> !file.holdsBad()).count(),
        sum(commit, Commit.Partition::held),
        commit.lateRecords(),
        commit.partitions().stream()
            .map(Commit.Partition::tally)
            .reduce(OffsetTally.NONE, OffsetTally::plus));
  }

  /** What was forgotten, or merged, says which files by itself. */
  private static String why(ManualChange change) {
    return change == null
        ? null
        : Stream.concat(change.reason().stream(), Optional.ofNullable(change.why()).stream())
            .reduce((reason, why) -> reason + "; " + why)
            .orElse(null);
  }

  private static String what(Commit commit) {
    if (commit.change() == null) {
      return "load";
    }
    if (commit.rollback().isPresent()) {
      return "rollback";
    }
    if (commit.change().forgotten() != null) {
      return "forget";
    }
    if (commit.change().compacted() != null) {
      return "compact";
    }
    if (commit.change().repaired() != null) {
      return "repair";
    }
    return commit.purged().isEmpty() ? "set-offsets" : "purge";
  }

  private static long sum(Commit commit, ToLongFunction<Commit.Partition> number) {
    return commit.partitions().stream().mapToLong(number).sum();
  }

  /** For the console. */
  static String table(List<HistoryEntry> entries) {
    Table table =
        new Table(
            "commit",
            "committed",
            "took",
            "by",
            "records",
            "read",
            "files",
            "filtered",
            "bad",
            "lost",
            "remarks");
    for (HistoryEntry entry : entries) {
      table.row(
          entry.number,
          entry.committed,
          Amounts.span(Duration.ofMillis((long) (entry.seconds * 1000))),
          entry.user + "@" + entry.host,
          entry.records,
          Amounts.bytes(entry.bytes),
          entry.files,
          entry.tally.filtered(),
          entry.tally.bad(),
          entry.tally.lost(),
          entry.remarks());
    }
    return table.toString();
  }

  private String remarks() {
    StringBuilder text = new StringBuilder(stands ? "" : "rolled back; ");
    if (!what.equals("load")) {
      text.append(what).append(to == null ? "" : " to " + to).append("; ");
    }
    if (quarantined > 0) {
      text.append(Amounts.count(quarantined)).append(" in quarantine; ");
    }
    if (late > 0) {
      text.append(Amounts.count(late)).append(" late; ");
    }
    if (why != null) {
      text.append(why).append("; ");
    }
    return text.isEmpty() ? "" : text.substring(0, text.length() - 2);
  }
}
