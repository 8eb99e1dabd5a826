package io.kafkahdfs.offset;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The next offset to read of every partition that was ever loaded. Immutable.
 *
 * @param nextOffsets first offset not yet landed, by partition
 */
public record Checkpoint(SortedMap<PartitionId, Long> nextOffsets) {
  /** Where a load begins that never ran. */
  public static final Checkpoint NONE = new Checkpoint(new TreeMap<>());

  public Checkpoint {
    nextOffsets.forEach(
        (partition, next) -> {
          if (next < 0) {
            throw new IllegalArgumentException("Next offset " + next + " of " + partition);
          }
        });
    nextOffsets = Collections.unmodifiableSortedMap(new TreeMap<>(nextOffsets));
  }

  /** The next offset of a partition; empty for one that was never loaded. */
  public OptionalLong next(PartitionId partition) {
    Long next = nextOffsets.get(partition);
    return next == null ? OptionalLong.empty() : OptionalLong.of(next);
  }

  /** This checkpoint with other next offsets for some partitions; the rest is kept. */
  public Checkpoint advancedTo(Map<PartitionId, Long> ends) {
    SortedMap<PartitionId, Long> all = new TreeMap<>(nextOffsets);
    all.putAll(ends);
    return new Checkpoint(all);
  }
}
