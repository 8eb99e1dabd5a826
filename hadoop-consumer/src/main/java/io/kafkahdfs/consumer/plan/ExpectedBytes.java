package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.offset.PartitionId;
import java.util.Map;
import java.util.stream.Collectors;

/** What is expected of a record of a partition, as earlier runs saw them. */
public final class ExpectedBytes {
  /** Assumed as long as nothing is known. */
  static final double UNKNOWN = 1000;

  private final Map<PartitionId, Double> known;
  private final Map<String, Double> byTopic;
  private final double anywhere;

  /**
   * @param known bytes of key and value of a record, by partition
   */
  public ExpectedBytes(Map<PartitionId, Double> known) {
    this.known = known;
    this.byTopic =
        known.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getKey().topic(),
                    Collectors.averagingDouble(Map.Entry::getValue)));
    this.anywhere =
        known.values().stream().mapToDouble(Double::doubleValue).average().orElse(UNKNOWN);
  }

  /** As it was in the partition, or as in its topic, or as anywhere. */
  public double of(PartitionId partition) {
    Double own = known.get(partition);
    return own != null ? own : byTopic.getOrDefault(partition.topic(), anywhere);
  }
}
