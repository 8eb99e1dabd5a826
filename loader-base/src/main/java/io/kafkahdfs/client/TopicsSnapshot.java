package io.kafkahdfs.client;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a cluster said of some topics, asked for all of it one time. Immutable.
 *
 * @param topicIds by name; a topic that was deleted and created again has another one. Those that
 *     have none (before Kafka 2.8) are not among them
 * @param partitions all partitions of the topics
 * @param internalTopics names of Kafka's own topics that only a pattern matched; they are left out
 */
public record TopicsSnapshot(
    SortedMap<String, String> topicIds,
    SortedMap<PartitionId, PartitionSnapshot> partitions,
    Set<String> internalTopics) {
  public TopicsSnapshot {
    topicIds = Collections.unmodifiableSortedMap(new TreeMap<>(topicIds));
    partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
    internalTopics = Collections.unmodifiableSet(new TreeSet<>(internalTopics));
  }

  /** What could be read of each partition. */
  public Map<PartitionId, OffsetRange> readable() {
    SortedMap<PartitionId, OffsetRange> ranges = new TreeMap<>();
    partitions.forEach((partition, snapshot) -> ranges.put(partition, snapshot.readable()));
    return ranges;
  }
}
