package io.kafkahdfs.modern.admin;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Asks for the offsets of partitions that exist. */
interface OffsetLister {
  /**
   * Both ends of what is written.
   *
   * @param readable what can be read
   * @param highWatermark the end of what is written, at least that of what can be read
   */
  record Ends(OffsetRange readable, long highWatermark) {}

  /** What can be read now, and what is written. */
  Map<PartitionId, Ends> ends(Set<PartitionId> partitions) throws IOException;

  /** Where to begin to see all records from a time on; the end if there are none. */
  Map<PartitionId, Long> at(Set<PartitionId> partitions, Instant time) throws IOException;
}
