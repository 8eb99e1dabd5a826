package io.kafkahdfs.consumer.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.plan.FingerprintCheck;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run did, for programs ({@code --summary}) and for people.
 *
 * @param outcome {@code committed} or {@code nothing-to-do}
 * @param why there was nothing to do; null when there was
 * @param commit the commit's number; null when there was nothing to do
 * @param records records in the files
 * @param bytes of the keys and values that were read
 * @param files how many files of records were landed that are not bad
 * @param seconds from the run's beginning to its end
 * @param complete whether all has landed that could be read when the run was planned; false if a
 *     limit or an end has left something
 * @param left how many offsets that is
 * @param partitions what became of every offset, and what a first run left out
 * @param next where the next run begins, and where Kafka ended when this one was planned; what is
 *     undecided there
 * @param unchecked partitions of which the run could not see whether they still are what was loaded
 * @param late records that came late for their folders; null if there are none
 * @param quarantine what of the bad records was put aside; null if nothing was
 * @param tableBehind why the table that is told of commits does not hold all of them; null if it
 *     does, or there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Summary(
    String outcome,
    String why,
    Long commit,
    long records,
    long bytes,
    long files,
    double seconds,
    boolean complete,
    long left,
    List<Partition> partitions,
    List<Next> next,
    List<FingerprintCheck.Unchecked> unchecked,
    LateNote late,
    PutAside quarantine,
    String tableBehind) {
  private static final List<String> COLUMNS =
      List.of(
          "topic", "partition", "from", "until", "written", "filtered", "bad", "invisible", "lost");

  record Partition(
      String topic,
      int partition,
      long from,
      long until,
      @JsonUnwrapped OffsetTally tally,
      long leftOut) {}

  /**
   * @param end where what can be read ended when the run was planned
   * @param highWatermark where what was written ended then
   * @param undecided how many offsets lie between the two
   * @param undecidedSince when a run first saw that; null if nothing is undecided
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Next(
      String topic,
      int partition,
      long offset,
      long end,
      long highWatermark,
      long undecided,
      String undecidedSince) {}

  /**
   * @param why for people, a sentence
   */
  static Summary nothingToDo(String why, OffsetPlan plan, Duration took) {
    long left = plan.partitions().stream().mapToLong(all -> all.end() - all.from()).sum();
    return new Summary(
        "nothing-to-do",
        why,
        null,
        0,
        0,
        0,
        seconds(took),
        left == 0,
        left,
        List.of(),
        plan.partitions().stream()
            .map(
                partition ->
                    new Next(
                        partition.partition().topic(),
                        partition.partition().partition(),
                        partition.from(),
                        partition.end(),
                        partition.highWatermark(),
                        partition.undecided(),
                        partition.undecidedSince()))
            .toList(),
        plan.check().unchecked(),
        null,
        null,
        null);
  }

  static Summary of(Commit commit, OffsetPlan plan, String output, Duration took) {
    long left = left(commit, plan);
    return new Summary(
        "committed",
        null,
        commit.number(),
        commit.partitions().stream().mapToLong(Commit.Partition::records).sum(),
        commit.partitions().stream().mapToLong(Commit.Partition::bytes).sum(),
        commit.files().stream().filter(file -> !file.holdsBad()).count(),
        seconds(took),
        left == 0,
        left,
        partitions(commit),
        commit.next().stream().filter(next -> next.end() != null).map(Summary::next).toList(),
        plan.check().unchecked(),
        LateNote.of(commit),
        PutAside.of(commit, output),
        null);
  }

  /** Of the partitions of this run: the commit also has others, as earlier runs have left them. */
  private static long left(Commit commit, OffsetPlan plan) {
    Map<PartitionId, Long> next = new HashMap<>();
    commit.next().forEach(entry -> next.put(entry.id(), entry.offset()));
    return plan.partitions().stream().mapToLong(all -> all.end() - next.get(all.partition())).sum();
  }

  /** The summary of a run that was to land one range: what lies behind that is not left by it. */
  Summary ofRangeTo(long until) {
    long rest = next.stream().mapToLong(all -> Math.max(0, until - all.offset)).sum();
    return new Summary(
        outcome,
        why,
        commit,
        records,
        bytes,
        files,
        seconds,
        rest == 0,
        rest,
        partitions,
        next,
        unchecked,
        late,
        quarantine,
        tableBehind);
  }

  /**
   * The same, with what the table lacks.
   *
   * @param why for people; null if it lacks nothing
   */
  Summary withTableBehind(String why) {
    return new Summary(
        outcome,
        this.why,
        commit,
        records,
        bytes,
        files,
        seconds,
        complete,
        left,
        partitions,
        next,
        unchecked,
        late,
        quarantine,
        why);
  }

  private static Next next(Commit.Next next) {
    long undecided = next.undecided() == null ? 0 : next.undecided();
    return new Next(
        next.topic(),
        next.partition(),
        next.offset(),
        next.end(),
        next.end() + undecided,
        undecided,
        next.undecidedSince());
  }

  /** Those with something new, and those of which something was left out. */
  private static List<Partition> partitions(Commit commit) {
    Map<PartitionId, Partition> rows = new TreeMap<>();
    if (commit.leftOut() != null) {
      for (Commit.LeftOut left : commit.leftOut()) {
        rows.put(
            left.id(),
            new Partition(
                left.topic(),
                left.partition(),
                left.until(),
                left.until(),
                OffsetTally.NONE,
                left.until() - left.from()));
      }
    }
    for (Commit.Partition done : commit.partitions()) {
      rows.compute(
          done.id(),
          (partition, left) ->
              new Partition(
                  done.topic(),
                  done.partition(),
                  done.from(),
                  done.until(),
                  done.tally(),
                  left == null ? 0 : left.leftOut));
    }
    return List.copyOf(rows.values());
  }

  /** How many offsets are bad. */
  long bad() {
    return partitions.stream().mapToLong(partition -> partition.tally.bad()).sum();
  }

  private static double seconds(Duration took) {
    return took.toMillis() / 1000.0;
  }

  /** For the console. */
  String text() {
    String notes = FingerprintCheck.text(unchecked);
    if (!complete) {
      notes +=
          "Left for later runs: %s offsets that could be read when this one was planned%n"
              .formatted(Amounts.count(left));
    }
    if (late != null) {
      notes += late.text();
    }
    if (bad() > 0) {
      notes +=
          "Bad: %s, %s%n"
              .formatted(Amounts.count(bad()), quarantine == null ? "left out" : quarantine.text());
    }
    if (commit == null) {
      return notes + "Nothing to do: " + why + "\n";
    }
    boolean leaves = partitions.stream().anyMatch(done -> done.leftOut > 0);
    List<String> columns = new ArrayList<>(COLUMNS);
    if (leaves) {
      columns.add("left out");
    }
    Table table = new Table(columns.toArray(String[]::new));
    for (Partition done : partitions) {
      List<Object> row =
          new ArrayList<>(
              List.of(
                  done.topic,
                  done.partition,
                  done.from,
                  done.until,
                  done.tally.written(),
                  done.tally.filtered(),
                  done.tally.bad(),
                  done.tally.invisible(),
                  done.tally.lost()));
      if (leaves) {
        row.add(done.leftOut);
      }
      table.row(row.toArray());
    }
    String line =
        "Commit %d: %s records, %s, in %d %s and %.1f s (%s records/s)%n"
            .formatted(
                commit,
                Amounts.count(records),
                Amounts.bytes(bytes),
                files,
                files == 1 ? "file" : "files",
                seconds,
                Amounts.count((long) (records / Math.max(0.1, seconds))));
    return (partitions.isEmpty() ? "" : table) + notes + line;
  }
}
