package io.kafkahdfs.consumer.verify;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.LeavingFile;
import io.kafkahdfs.consumer.commit.ManualChange;
import io.kafkahdfs.consumer.verify.Finding.Kind;
import io.kafkahdfs.offset.PartitionId;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** The files of the commits that were taken, as far as they have not left. */
  private final Map<String, LandedFile> files = new HashMap<>();

  /** All that is wrong with what was taken. */
  List<Finding> findings() {
    return findings;
  }

  /** The next commit of those that stand, in their order. */
  void take(Commit commit) {
    checkReplaced(commit);
    commit.forgotten().forEach(file -> files.remove(file.path()));
    commit.files().forEach(file -> files.put(file.path(), file));
    Map<PartitionId, List<LandedFile.Part>> parts = parts(commit, false);
    Map<PartitionId, List<LandedFile.Part>> bad = parts(commit, true);
    for (Commit.Partition range : commit.partitions()) {
      PartitionId partition = range.id();
      follow(commit, partition, range.from());
      next.put(partition, range.until());
      checkParts(
          commit,
          range,
          range.records(),
          "records, and its files ",
          parts.getOrDefault(partition, List.of()));
      checkParts(
          commit,
          range,
          range.held(),
          "records in quarantine, and its files there ",
          bad.getOrDefault(partition, List.of()));
    }
    if (commit.change() != null) {
      for (ManualChange.OffsetEdit edit : commit.change().offsets()) {
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

  private static Map<PartitionId, List<LandedFile.Part>> parts(Commit commit, boolean bad) {
    return commit.files().stream()
        .filter(file -> file.holdsBad() == bad)
        .flatMap(file -> file.parts().stream())
        .collect(Collectors.groupingBy(LandedFile.Part::id));
  }

  /** What was replaced must be in the files of the commit, unless earlier ones were not taken. */
  private void checkReplaced(Commit commit) {
    Map<PartitionId, Long> difference = new TreeMap<>();
    for (LeavingFile replaced : commit.replaced()) {
      LandedFile file = files.remove(replaced.path());
      if (file == null) {
        return;
      }
      file.parts().forEach(part -> difference.merge(part.id(), part.records(), Long::sum));
    }
    if (commit.replaced().isEmpty()) {
      return;
    }
    for (LandedFile file : commit.files()) {
      file.parts().forEach(part -> difference.merge(part.id(), -part.records(), Long::sum));
    }
    difference.forEach(
        (partition, records) -> {
          if (records != 0) {
            add(
                records > 0 ? Kind.MISSING : Kind.DOUBLED,
                commit,
                partition,
                "its files have "
                    + Math.abs(records)
                    + (records > 0 ? " records less" : " records more")
                    + " than those that they replace");
          }
        });
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
   * Files may overlap in offsets, so their records are counted.
   *
   * @param expected how many records of the range's partition its files have
   * @param what they are, for the message
   * @param parts what files have of the range's partition
   */
  private void checkParts(
      Commit commit,
      Commit.Partition range,
      long expected,
      String what,
      List<LandedFile.Part> parts) {
    PartitionId partition = range.id();
    long records = 0;
    for (LandedFile.Part part : parts) {
      if (part.firstOffset() < range.from() || part.lastOffset() >= range.until()) {
        add(
            Kind.DOUBLED,
            commit,
            partition,
            "a file has "
                + part
                + ", and the commit has "
                + range.from()
                + " to "
                + (range.until() - 1));
      }
      records += part.records();
    }
    if (records != expected) {
      add(
          records > expected ? Kind.DOUBLED : Kind.MISSING,
          commit,
          partition,
          "it has " + expected + " " + what + records);
    }
  }

  private void add(Kind kind, Commit commit, PartitionId partition, String detail) {
    findings.add(new Finding(kind, commit.number(), partition.toString(), detail));
  }
}
