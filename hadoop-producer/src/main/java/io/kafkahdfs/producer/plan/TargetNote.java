package io.kafkahdfs.producer.plan;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.MayBeNull;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The target as it was when an export was planned, before anything was sent.
 *
 * @param clusterId what the cluster calls itself; null before Kafka 0.10.1
 * @param topics those that are known to be sent to
 */
public record TargetNote(@MayBeNull String clusterId, List<Topic> topics) {
  public TargetNote {
    topics = List.copyOf(topics);
  }

  /**
   * A topic as it was.
   *
   * @param id what tells it from another one of its name; null before Kafka 2.8
   * @param ends where each partition ended, from partition 0 on: what the export sends comes behind
   */
  public record Topic(String topic, @MayBeNull String id, List<Long> ends) {
    public Topic {
      ends = List.copyOf(ends);
    }
  }

  /** Looks at the cluster. Topics that do not exist are left out. */
  public static TargetNote take(KafkaCluster cluster, Collection<String> topics)
      throws IOException {
    List<Topic> noted = new ArrayList<>();
    if (!topics.isEmpty()) {
      TopicsSnapshot snapshot = cluster.describe(TopicFilter.of(topics.toArray(String[]::new)));
      SortedMap<String, List<Long>> ends = new TreeMap<>();
      for (PartitionSnapshot partition : snapshot.partitions().values()) {
        ends.computeIfAbsent(partition.partition().topic(), topic -> new ArrayList<>())
            .add(partition.highWatermark());
      }
      ends.forEach(
          (topic, offsets) -> noted.add(new Topic(topic, snapshot.topicIds().get(topic), offsets)));
    }
    return new TargetNote(cluster.clusterId().orElse(null), noted);
  }

  /** Where a partition ended; empty if that was not noted, as for one that is newer. */
  public Optional<Long> end(PartitionId partition) {
    return topics.stream()
        .filter(topic -> topic.topic().equals(partition.topic()))
        .filter(topic -> partition.partition() < topic.ends().size())
        .map(topic -> topic.ends().get(partition.partition()))
        .findFirst();
  }

  /**
   * What shows that the target is another one than it was.
   *
   * @param now the target as it is
   * @param sent how many records were sent to partitions since, each of which has an offset there
   * @return in words; empty if nothing shows it
   */
  public List<String> changes(TargetNote now, Map<PartitionId, Long> sent) {
    if (clusterId != null && now.clusterId != null && !clusterId.equals(now.clusterId)) {
      return List.of("the cluster is " + now.clusterId + " now, and was " + clusterId);
    }
    List<String> changes = new ArrayList<>();
    for (Topic topic : topics) {
      Optional<Topic> found =
          now.topics.stream().filter(other -> other.topic.equals(topic.topic)).findFirst();
      if (found.isEmpty()) {
        changes.add("topic " + topic.topic + " was deleted");
      } else if (topic.id != null && found.get().id != null && !topic.id.equals(found.get().id)) {
        changes.add("topic " + topic.topic + " was deleted and made anew");
      } else {
        ends(topic, found.get(), sent).ifPresent(changes::add);
      }
    }
    return changes;
  }

  private static Optional<String> ends(Topic topic, Topic now, Map<PartitionId, Long> sent) {
    for (int i = 0; i < topic.ends.size(); i++) {
      PartitionId partition = new PartitionId(topic.topic, i);
      long least = topic.ends.get(i) + sent.getOrDefault(partition, 0L);
      if (i >= now.ends.size() || now.ends.get(i) < least) {
        return Optional.of(
            "partition "
                + partition
                + " ends at offset "
                + (i < now.ends.size() ? now.ends.get(i) : 0)
                + ", and ended at "
                + least
                + " before: its topic was deleted and made anew, or it lost records");
      }
    }
    return Optional.empty();
  }
}
