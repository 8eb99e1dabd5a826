package io.kafkahdfs.producer.verify;

import io.kafkahdfs.offset.PartitionId;
import java.util.HashMap;
import java.util.Map;

/** What a check has counted. */
final class Counts {
  long read;
  long missing;
  long doubled;
  long foreign;
  long outOfOrder;

  /** How many records of the export are in each partition. */
  final Map<PartitionId, Long> ours = new HashMap<>();
}
