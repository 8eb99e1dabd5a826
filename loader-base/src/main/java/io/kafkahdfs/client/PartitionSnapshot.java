package io.kafkahdfs.client;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.util.Optional;

/**
 * A partition as a cluster described it.
 *
 * @param leaderHost the host of its leader, for placing tasks; empty if it lost it meanwhile
 * @param readable what could be read: from the first offset that retention left to the first one
 *     that is not readable yet, which is the last stable offset, or the high watermark where
 *     transactions are not looked at
 * @param highWatermark the first offset that is not written on all replicas in sync, at least the
 *     end of {@code readable}
 */
public record PartitionSnapshot(
    Optional<String> leaderHost, OffsetRange readable, long highWatermark) {
  public PartitionSnapshot {
    if (highWatermark < readable.until()) {
      throw new IllegalArgumentException(
          readable + " is readable beyond the high watermark " + highWatermark);
    }
  }

  public PartitionId partition() {
    return readable.partition();
  }

  /**
   * How many offsets are written and not readable, since a transaction before them is neither
   * committed nor aborted.
   */
  public long undecided() {
    return highWatermark - readable.until();
  }
}
