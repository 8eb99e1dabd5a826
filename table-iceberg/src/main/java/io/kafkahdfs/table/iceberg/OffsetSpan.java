package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.offset.PartitionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.roaringbitmap.longlong.Roaring64NavigableMap;

/**
 * Offsets of one partition that some files have among them, and no other file: which of them a
 * table has, and how often.
 */
final class OffsetSpan {
  private final PartitionId partition;
  private final long first;
  private final Set<LandedFile> files = new HashSet<>();
  private final Roaring64NavigableMap seen = new Roaring64NavigableMap();
  private long last;
  private long expected;
  private long count;

  private OffsetSpan(LandedFile.Part part) {
    this.partition = part.id();
    this.first = part.firstOffset();
    this.last = part.lastOffset();
  }

  private record PartOf(LandedFile file, LandedFile.Part part) {}

  /**
   * The spans of each partition, by their first offsets.
   *
   * @param expected files whose records the table is to have
   * @param wanted spans without any of these are left out
   */
  static Map<PartitionId, NavigableMap<Long, OffsetSpan>> of(
      Set<LandedFile> expected, Set<LandedFile> wanted) {
    Map<PartitionId, List<PartOf>> parts = new HashMap<>();
    Set<LandedFile> files = new HashSet<>(expected);
    files.addAll(wanted);
    for (LandedFile file : files) {
      for (LandedFile.Part part : file.parts()) {
        parts.computeIfAbsent(part.id(), id -> new ArrayList<>()).add(new PartOf(file, part));
      }
    }
    Map<PartitionId, NavigableMap<Long, OffsetSpan>> spans = new HashMap<>();
    parts.forEach(
        (id, all) -> {
          NavigableMap<Long, OffsetSpan> found = of(all, expected, wanted);
          if (!found.isEmpty()) {
            spans.put(id, found);
          }
        });
    return spans;
  }

  private static NavigableMap<Long, OffsetSpan> of(
      List<PartOf> parts, Set<LandedFile> expected, Set<LandedFile> wanted) {
    parts.sort(Comparator.comparingLong(each -> each.part().firstOffset()));
    NavigableMap<Long, OffsetSpan> spans = new TreeMap<>();
    OffsetSpan span = null;
    for (PartOf each : parts) {
      if (span == null || each.part().firstOffset() > span.last) {
        span = new OffsetSpan(each.part());
        spans.put(span.first, span);
      }
      span.last = Math.max(span.last, each.part().lastOffset());
      if (expected.contains(each.file())) {
        span.expected += each.part().records();
      }
      if (wanted.contains(each.file())) {
        span.files.add(each.file());
      }
    }
    spans.values().removeIf(each -> each.files.isEmpty());
    return spans;
  }

  /** The wanted ones of its files. */
  Set<LandedFile> files() {
    return files;
  }

  long last() {
    return last;
  }

  /** A record that the table has, of an offset at or behind the first one. */
  void take(long offset) {
    if (offset <= last) {
      count++;
      seen.addLong(offset);
    }
  }

  /** What the table has otherwise than it landed, in words; empty if nothing. */
  Optional<String> wrong() {
    long different = seen.getLongCardinality();
    if (different == expected && count == expected) {
      return Optional.empty();
    }
    return Optional.of(
        "of the offsets "
            + first
            + " to "
            + last
            + " of "
            + partition
            + " the table holds "
            + count
            + " records"
            + (count == different ? "" : ", " + different + " different ones")
            + ", and is to hold "
            + expected);
  }
}
