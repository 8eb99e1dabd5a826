package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * A commit in short, for programs and for people.
 *
 * @param committed when, ISO 8601
 * @param seconds from the run's beginning to its commit
 * @param what it did: {@code load}, {@code rollback}, {@code purge} or {@code set-offsets}
 * @param to the commit that a rollback went back to; null for others
 * @param why it was changed by hand, if it was and somebody said so
 * @param stands false if a later rollback undid it
 * @param records in its files
 * @param bytes of the keys and values that were read
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
    long filtered,
    long bad,
    long lost) {

  static List<HistoryEntry> of(List<Commit> all) {
    Standing standing = Standing.of(all);
    Set<Long> standingNow =
        standing.commitsAt(standing.last()).stream()
            .map(Commit::number)
            .collect(Collectors.toSet());
    return all.stream().map(commit -> of(commit, standingNow.contains(commit.number()))).toList();
  }

  private static HistoryEntry of(Commit commit, boolean stands) {
    Commit.Change change = commit.change();
    Commit.Rollback rollback = change == null ? null : change.rollback();
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
        change == null ? null : change.why(),
        stands,
        sum(commit, Commit.Partition::records),
        sum(commit, Commit.Partition::bytes),
        commit.files().size(),
        sum(commit, Commit.Partition::filtered),
        sum(commit, Commit.Partition::bad),
        sum(commit, Commit.Partition::lost));
  }

  private static String what(Commit commit) {
    if (commit.change() == null) {
      return "load";
    }
    if (commit.rollback().isPresent()) {
      return "rollback";
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
          entry.filtered,
          entry.bad,
          entry.lost,
          entry.remarks());
    }
    return table.toString();
  }

  private String remarks() {
    StringBuilder text = new StringBuilder(stands ? "" : "rolled back; ");
    if (!what.equals("load")) {
      text.append(what).append(to == null ? "" : " to " + to).append("; ");
    }
    if (why != null) {
      text.append(why).append("; ");
    }
    return text.isEmpty() ? "" : text.substring(0, text.length() - 2);
  }
}
