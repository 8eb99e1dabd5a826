package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.write.BadRecord;
import io.kafkahdfs.consumer.write.FilePart;
import io.kafkahdfs.consumer.write.LateRecords;
import io.kafkahdfs.consumer.write.RangeOutcome;
import io.kafkahdfs.consumer.write.TaskManifest;
import io.kafkahdfs.consumer.write.WrittenFile;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds the tasks' manifests against the plan and makes the commit of them. Of a partition it takes
 * what follows on the checkpoint without a gap: behind a range that ended early nothing is taken.
 */
final class CommitAssembly {
  private final RunPlan plan;
  private final Map<OffsetRange, RangeOutcome> outcomes = new HashMap<>();

  /** The files by the first range that is in them. */
  private final Map<OffsetRange, List<Commit.File>> files = new HashMap<>();

  /** The ranges that are in each file. */
  private final Map<Commit.File, Set<OffsetRange>> shared = new HashMap<>();

  /** The late records that are in each file. */
  private final Map<Commit.File, LateRecords> late = new HashMap<>();

  private final Set<OffsetRange> taken = new HashSet<>();
  private final List<BadRecord> bad = new ArrayList<>();

  private CommitAssembly(RunPlan plan) {
    this.plan = plan;
  }

  /**
   * @param previous the commit that the plan was made from
   * @param committed the time to write into the commit, ISO 8601
   * @throws LoaderException if a range is missing, or its offsets do not add up
   */
  static Commit assemble(
      RunPlan plan, List<TaskManifest> manifests, Optional<Commit> previous, String committed)
      throws LoaderException {
    CommitAssembly assembly = new CommitAssembly(plan);
    for (TaskManifest manifest : manifests) {
      assembly.take(manifest);
    }
    try {
      return assembly.commit(previous, committed);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw failure("Plan and manifests make no commit: " + e.getMessage());
    }
  }

  private void take(TaskManifest manifest) throws LoaderException {
    Map<PartitionId, List<OffsetRange>> ranges = new HashMap<>();
    for (RangeOutcome outcome : manifest.outcomes()) {
      check(outcome);
      if (outcomes.put(outcome.range(), outcome) != null) {
        throw failure("Two tasks read " + outcome.range());
      }
      files.put(outcome.range(), new ArrayList<>());
      add(ranges, outcome.range());
    }
    bad.addAll(manifest.firstBad());
    for (WrittenFile file : manifest.files()) {
      take(manifest.attempt(), file, ranges);
    }
  }

  /** A file is landed with the first of its ranges; all of them are landed, or none. */
  private void take(String attempt, WrittenFile file, Map<PartitionId, List<OffsetRange>> ranges)
      throws LoaderException {
    Set<OffsetRange> held = new LinkedHashSet<>();
    List<Commit.Part> parts = new ArrayList<>();
    for (FilePart part : file.parts()) {
      held.add(
          ranges.getOrDefault(part.partition(), List.of()).stream()
              .filter(candidate -> candidate.contains(part.firstOffset()))
              .filter(candidate -> candidate.contains(part.lastOffset()))
              .findFirst()
              .orElseThrow(() -> failure(file.staged() + " belongs to no range of its task")));
      parts.add(
          new Commit.Part(
              part.partition().topic(),
              part.partition().partition(),
              part.firstOffset(),
              part.lastOffset(),
              part.records()));
    }
    Commit.File landed =
        new Commit.File(
            attempt + "/" + file.staged(),
            file.target(),
            parts,
            file.bytes(),
            file.crc32c(),
            file.quarantine());
    files.get(held.iterator().next()).add(landed);
    shared.put(landed, held);
    if (file.late() != null) {
      late.put(landed, file.late());
    }
  }

  private static void add(Map<PartitionId, List<OffsetRange>> ranges, OffsetRange range) {
    ranges.computeIfAbsent(range.partition(), ignored -> new ArrayList<>()).add(range);
  }

  private void check(RangeOutcome outcome) throws LoaderException {
    OffsetRange range = outcome.range();
    if (outcome.end() < range.until() && !plan.mayEndEarly()) {
      throw failure("The task that reads " + range + " ended at offset " + outcome.end());
    }
    if (outcome.end() < range.from() || outcome.end() > range.until()) {
      throw failure("The task that reads " + range + " says that it ended at " + outcome.end());
    }
    RecordFingerprint last = outcome.last();
    if (last != null && (last.offset() < range.from() || last.offset() >= outcome.end())) {
      throw failure(
          "The task that reads " + range + " says that its last record was at " + last.offset());
    }
    try {
      outcome.tally().check(range.endingAt(outcome.end()));
    } catch (IllegalArgumentException e) {
      throw failure(e.getMessage());
    }
    if (outcome.tally().filtered() > 0 && !plan.mayFilter()) {
      throw failure(
          outcome.tally().filtered() + " records of " + range + " were read and never written");
    }
  }

  private Commit commit(Optional<Commit> previous, String committed) throws LoaderException {
    Map<PartitionId, List<OffsetRange>> ranges = new TreeMap<>();
    for (PlannedSplit split : plan.splits()) {
      for (OffsetRange range : split.ranges()) {
        add(ranges, range);
      }
    }
    List<Commit.Partition> partitions = new ArrayList<>();
    List<Commit.File> landed = new ArrayList<>();
    List<Commit.LeftOut> leftOut = new ArrayList<>();
    Map<PartitionId, Commit.Next> next = new TreeMap<>();
    previous.ifPresent(commit -> commit.next().forEach(entry -> next.put(entry.id(), entry)));
    Map<PartitionId, RecordFingerprint> marks = plan.offsets().check().marksByPartition();
    for (PartitionPlan partition : plan.offsets().partitions()) {
      List<OffsetRange> planned = ranges.getOrDefault(partition.partition(), List.of());
      RangeOutcome sum = sum(partition, planned, landed);
      Commit.Partition done = done(partition, sum);
      if (done.until() > done.from()) {
        partitions.add(done);
      }
      // Those without records, too: one that is not here was created later.
      Commit.Next before = next.get(partition.partition());
      RecordFingerprint seen = seen(sum, marks.get(partition.partition()), before);
      next.put(partition.partition(), next(partition, done, before, seen));
      if (partition.leftOut() > 0) {
        OffsetRange range = partition.leftOutRange();
        leftOut.add(
            new Commit.LeftOut(
                partition.partition().topic(),
                partition.partition().partition(),
                range.from(),
                range.until()));
      }
    }
    checkShared();
    BadCheck.of(plan.maxBad(), partitions, bad);
    return new Commit(
        Commit.VERSION,
        plan.number(),
        plan.run(),
        plan.user(),
        plan.host(),
        plan.started(),
        committed,
        plan.bootstrapServers(),
        previous.map(commit -> plan.cluster().remembering(commit.cluster())).orElse(plan.cluster()),
        plan.load(),
        null,
        partitions,
        landed,
        List.copyOf(next.values()),
        plan.offsets().vanished(),
        leftOut,
        previous.map(Commit::begun).orElse(plan.number()),
        landed.stream()
            .map(late::get)
            .filter(Objects::nonNull)
            .reduce(LateRecords::plus)
            .orElse(null));
  }

  /** What is not taken of a file would be read and landed again by the next run. */
  private void checkShared() throws LoaderException {
    for (Map.Entry<Commit.File, Set<OffsetRange>> file : shared.entrySet()) {
      long takenOf = file.getValue().stream().filter(taken::contains).count();
      if (takenOf != 0 && takenOf != file.getValue().size()) {
        throw failure(
            file.getKey().staged()
                + " has ranges that are landed and others that are not: "
                + file.getValue());
      }
    }
  }

  /** What became of a partition's offsets, from where the last run ended to where this one does. */
  private RangeOutcome sum(
      PartitionPlan partition, List<OffsetRange> ranges, List<Commit.File> landed)
      throws LoaderException {
    OffsetRange removed = partition.lost();
    RangeOutcome sum =
        new RangeOutcome(removed, removed.until(), OffsetTally.ofLost(removed.size()), 0, 0, null);
    List<OffsetRange> inOrder = new ArrayList<>(ranges);
    inOrder.sort(Comparator.comparingLong(OffsetRange::from));
    for (OffsetRange range : inOrder) {
      RangeOutcome outcome = outcomes.get(range);
      if (outcome == null) {
        throw failure("No task says that it has read " + range);
      }
      if (range.from() != sum.end()) {
        // An earlier range ended early; what lies behind it is read again by the next run.
        break;
      }
      sum = add(sum, outcome);
      landed.addAll(files.get(range));
      taken.add(range);
    }
    if (sum.end() != partition.until() && !plan.mayEndEarly()) {
      throw failure(partition.range() + " was planned, and the tasks read to " + sum.end());
    }
    return sum;
  }

  private static Commit.Partition done(PartitionPlan partition, RangeOutcome sum) {
    OffsetRange removed = partition.lost();
    return new Commit.Partition(
        partition.partition().topic(),
        partition.partition().partition(),
        partition.from(),
        sum.end(),
        sum.tally(),
        removed.isEmpty() ? List.of() : List.of(new Commit.Gap(removed.from(), removed.until())),
        sum.records(),
        sum.bytes(),
        sum.quarantined() == 0 ? null : sum.quarantined());
  }

  private static RangeOutcome add(RangeOutcome sum, RangeOutcome next) {
    return new RangeOutcome(
        sum.range(),
        next.end(),
        sum.tally().plus(next.tally()),
        sum.records() + next.records(),
        sum.bytes() + next.bytes(),
        next.last() == null ? sum.last() : next.last(),
        sum.quarantined() + next.quarantined());
  }

  /** The last record before the next offset that anybody has seen, or null. */
  private static RecordFingerprint seen(
      RangeOutcome sum, RecordFingerprint mark, Commit.Next before) {
    if (sum.last() != null) {
      return sum.last();
    }
    // A mark is made where the one that was known cannot be seen any more.
    return mark != null || before == null ? mark : before.fingerprint();
  }

  private static Commit.Next next(
      PartitionPlan partition,
      Commit.Partition done,
      Commit.Next before,
      RecordFingerprint fingerprint) {
    // Bad ones were read too, unless they were damaged.
    long read = done.tally().read() + done.tally().bad();
    Double bytesPerRecord = before == null ? null : before.bytesPerRecord();
    if (done.tally().read() > 0 || done.bytes() > 0) {
      // At least one: empty records take room in Kafka too, and a division by this must be safe.
      bytesPerRecord = Math.max(1, Math.round(10.0 * done.bytes() / read) / 10.0);
    }
    return new Commit.Next(
        partition.partition().topic(),
        partition.partition().partition(),
        done.until(),
        partition.end(),
        bytesPerRecord,
        fingerprint,
        partition.undecided() == 0 ? null : partition.undecided(),
        partition.undecidedSince());
  }

  private static LoaderException failure(String what) {
    return new LoaderException(ExitCode.FAILURE, what + ". Run it again.");
  }
}
