package io.kafkahdfs.consumer.verify;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.verify.Finding.Kind;
import io.kafkahdfs.offset.PartitionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether every offset is accounted for by exactly one of the commits that stand, and every one
 * that was written is in exactly one file. Looks at the commits only.
 */
final class OffsetCheck {
  private final Map<PartitionId, Long> next = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();

  private OffsetCheck() {}

  /**
   * @param standing the commits that stand, in their order
   */
  static List<Finding> of(List<Commit> standing) {
    OffsetCheck check = new OffsetCheck();
    standing.forEach(check::take);
    return check.findings;
  }

  private void take(Commit commit) {
    Map<PartitionId, List<Commit.File>> files =
        commit.files().stream()
            .sorted(Comparator.comparingLong(Commit.File::firstOffset))
            .collect(Collectors.groupingBy(Commit.File::id));
    for (Commit.Partition range : commit.partitions()) {
      PartitionId partition = range.id();
      follow(commit, partition, range.from());
      next.put(partition, range.until());
      checkFiles(commit, range, files.getOrDefault(partition, List.of()));
    }
    if (commit.change() != null) {
      for (Commit.OffsetEdit edit : commit.change().offsets()) {
        PartitionId partition = edit.id();
        if (edit.from() != null) {
          follow(commit, partition, edit.from());
        }
        next.put(partition, edit.to());
      }
    }
    for (Commit.Next entry : commit.next()) {
      PartitionId partition = entry.id();
      follow(commit, partition, entry.offset());
      next.put(partition, entry.offset());
    }
  }

  /** What a commit begins with must be what the one before ended with. */
  private void follow(Commit commit, PartitionId partition, long from) {
    long expected = next.getOrDefault(partition, from);
    if (expected < from) {
      add(Kind.MISSING, commit, partition, "offsets " + expected + " to " + (from - 1));
    } else if (expected > from) {
      add(Kind.DOUBLED, commit, partition, "offsets " + from + " to " + (expected - 1));
    }
  }

  /**
   * @param files of the range's partition, in the order of their offsets
   */
  private void checkFiles(Commit commit, Commit.Partition range, List<Commit.File> files) {
    PartitionId partition = range.id();
    long end = range.from();
    long records = 0;
    for (Commit.File file : files) {
      if (file.firstOffset() < end) {
        add(
            Kind.DOUBLED,
            commit,
            partition,
            "offset " + file.firstOffset() + " is in " + file.path() + " and before it");
      }
      end = file.lastOffset() + 1;
      records += file.records();
    }
    if (end > range.until()) {
      add(Kind.DOUBLED, commit, partition, "its files reach beyond offset " + range.until());
    }
    if (records != range.records()) {
      add(
          Kind.MISSING,
          commit,
          partition,
          "it has " + range.records() + " records, and its files " + records);
    }
  }

  private void add(Kind kind, Commit commit, PartitionId partition, String detail) {
    findings.add(new Finding(kind, commit.number(), partition.toString(), detail));
  }
}
