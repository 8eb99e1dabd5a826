package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.client.RecordFingerprint;
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
import io.kafkahdfs.offset.PartitionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the tasks' manifests say of each planned range and its files, held against the plan; and
 * which of it the commit takes.
 */
final class ReadRanges {
  private final RunPlan plan;
  private final Map<OffsetRange, RangeOutcome> outcomes = new HashMap<>();

  /** The files by the first range that is in them. */
  private final Map<OffsetRange, List<LandedFile>> files = new HashMap<>();

  /** The ranges that are in each file. */
  private final Map<LandedFile, Set<OffsetRange>> shared = new HashMap<>();

  /** The late records that are in each file. */
  private final Map<LandedFile, LateRecords> late = new HashMap<>();

  private final Set<OffsetRange> taken = new HashSet<>();
  private final List<BadRecord> bad = new ArrayList<>();

  ReadRanges(RunPlan plan) {
    this.plan = plan;
  }

  /**
   * Adds what a task has read.
   *
   * @throws LoaderException if it does not fit the plan, or its offsets do not add up
   */
  void take(TaskManifest manifest) throws LoaderException {
    Map<PartitionId, List<OffsetRange>> ranges = new HashMap<>();
    for (RangeOutcome outcome : manifest.outcomes()) {
      check(outcome);
      if (outcomes.put(outcome.range(), outcome) != null) {
        throw failure("Two tasks read " + outcome.range());
      }
      files.put(outcome.range(), new ArrayList<>());
      ranges
          .computeIfAbsent(outcome.range().partition(), ignored -> new ArrayList<>())
          .add(outcome.range());
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
    for (FilePart part : file.parts()) {
      held.add(
          ranges.getOrDefault(part.partition(), List.of()).stream()
              .filter(candidate -> candidate.contains(part.firstOffset()))
              .filter(candidate -> candidate.contains(part.lastOffset()))
              .findFirst()
              .orElseThrow(() -> failure(file.staged() + " belongs to no range of its task")));
    }
    LandedFile landed = LandedFile.of(attempt, file);
    files.get(held.iterator().next()).add(landed);
    shared.put(landed, held);
    if (file.late() != null) {
      late.put(landed, file.late());
    }
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

  /**
   * What became of a range.
   *
   * @throws LoaderException if no task has read it
   */
  RangeOutcome outcome(OffsetRange range) throws LoaderException {
    RangeOutcome outcome = outcomes.get(range);
    if (outcome == null) {
      throw failure("No task says that it has read " + range);
    }
    return outcome;
  }

  /** Takes a range into the commit, with the files that begin with it. */
  List<LandedFile> take(OffsetRange range) {
    taken.add(range);
    return files.get(range);
  }

  /** What is not taken of a file would be read and landed again by the next run. */
  void checkAllTaken() throws LoaderException {
    for (Map.Entry<LandedFile, Set<OffsetRange>> file : shared.entrySet()) {
      long takenOf = file.getValue().stream().filter(taken::contains).count();
      if (takenOf != 0 && takenOf != file.getValue().size()) {
        throw failure(
            file.getKey().staged()
                + " has ranges that are landed and others that are not: "
                + file.getValue());
      }
    }
  }

  /** The late records in files; null if none. */
  LateRecords late(List<LandedFile> landed) {
    return landed.stream()
        .map(late::get)
        .filter(Objects::nonNull)
        .reduce(LateRecords::plus)
        .orElse(null);
  }

  /** The first bad record of each task that had one. */
  List<BadRecord> firstBad() {
    return bad;
  }

  static LoaderException failure(String what) {
    return new LoaderException(ExitCode.FAILURE, what + ". Run it again.");
  }
}
