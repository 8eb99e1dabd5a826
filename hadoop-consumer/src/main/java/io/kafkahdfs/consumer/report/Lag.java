package io.kafkahdfs.consumer.report;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.offset.PartitionId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How far a load was behind, commit after commit. A commit may not know where a partition ends, or
 * know it from long ago after a rollback; then what an earlier commit has seen counts: a partition
 * only grows.
 */
final class Lag {
  private final Map<PartitionId, Long> ends = new HashMap<>();
  private final Map<PartitionId, Long> left = new HashMap<>();
  private boolean first = true;
  private Long came;

  /** In order. */
  void add(Commit commit) {
    Set<PartitionId> vanished = new HashSet<>(commit.vanished());
    long grown = 0;
    left.clear();
    for (Commit.Next next : commit.next()) {
      PartitionId partition = next.id();
      Long before = ends.get(partition);
      if (next.end() != null && (before == null || before < next.end())) {
        ends.put(partition, next.end());
        grown += before == null ? 0 : next.end() - before;
      }
      Long end = ends.get(partition);
      if (end != null && !vanished.contains(partition)) {
        left.put(partition, Math.max(0, end - next.offset()));
      }
    }
    came = first ? null : grown;
    first = false;
  }

  /** Offsets that came to known partitions since the commit before; null for the first one. */
  Long came() {
    return came;
  }

  /** Offsets left after the last added commit. */
  long sum() {
    return sum(left.values());
  }

  /** The same by partition; those left out that have vanished or whose end was never seen. */
  Map<PartitionId, Long> byPartition() {
    return Map.copyOf(left);
  }

  /** Offsets of each partition that can be read in Kafka and were not loaded yet. */
  static Map<PartitionId, Long> of(Commit last, Map<PartitionId, PartitionSnapshot> now) {
    Map<PartitionId, Long> lags = new HashMap<>();
    for (Commit.Next next : last.next()) {
      PartitionId partition = next.id();
      PartitionSnapshot described = now.get(partition);
      if (described != null) {
        lags.put(partition, Math.max(0, described.readable().until() - next.offset()));
      }
    }
    return lags;
  }

  static long sum(Collection<Long> lags) {
    return lags.stream().mapToLong(Long::longValue).sum();
  }
}
