package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.write.RangeOutcome;
import io.kafkahdfs.consumer.write.TaskManifest;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the commit of what tasks have read. Of a partition it takes what follows on the checkpoint
 * without a gap: behind a range that ended early nothing is taken.
 */
final class CommitAssembly {
  private final RunPlan plan;
  private final ReadRanges read;

  private CommitAssembly(RunPlan plan, ReadRanges read) {
    this.plan = plan;
    this.read = read;
  }

  /**
   * @param previous the commit that the plan was made from
   * @param committed the time to write into the commit, ISO 8601
   * @throws LoaderException if a range is missing, or its offsets do not add up
   */
  static Commit assemble(
      RunPlan plan, List<TaskManifest> manifests, Optional<Commit> previous, String committed)
      throws LoaderException {
    ReadRanges read = new ReadRanges(plan);
    for (TaskManifest manifest : manifests) {
      read.take(manifest);
    }
    try {
      return new CommitAssembly(plan, read).commit(previous, committed);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw ReadRanges.failure("Plan and manifests make no commit: " + e.getMessage());
    }
  }

  private Commit commit(Optional<Commit> previous, String committed) throws LoaderException {
    Map<PartitionId, List<OffsetRange>> ranges = new TreeMap<>();
    for (PlannedSplit split : plan.splits()) {
      for (OffsetRange range : split.ranges()) {
        ranges.computeIfAbsent(range.partition(), ignored -> new ArrayList<>()).add(range);
      }
    }
    List<Commit.Partition> partitions = new ArrayList<>();
    List<LandedFile> landed = new ArrayList<>();
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
    read.checkAllTaken();
    BadCheck.of(plan.maxBad(), partitions, read.firstBad());
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
        read.late(landed),
        null);
  }

  /** What became of a partition's offsets, from where the last run ended to where this one does. */
  private RangeOutcome sum(
      PartitionPlan partition, List<OffsetRange> ranges, List<LandedFile> landed)
      throws LoaderException {
    OffsetRange removed = partition.lost();
    RangeOutcome sum =
        new RangeOutcome(removed, removed.until(), OffsetTally.ofLost(removed.size()), 0, 0, null);
    List<OffsetRange> inOrder = new ArrayList<>(ranges);
    inOrder.sort(Comparator.comparingLong(OffsetRange::from));
    for (OffsetRange range : inOrder) {
      RangeOutcome outcome = read.outcome(range);
      if (range.from() != sum.end()) {
        // An earlier range ended early; what lies behind it is read again by the next run.
        break;
      }
      sum = add(sum, outcome);
      landed.addAll(read.take(range));
    }
    if (sum.end() != partition.until() && !plan.mayEndEarly()) {
      throw ReadRanges.failure(
          partition.range() + " was planned, and the tasks read to " + sum.end());
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
}
