package io.kafkahdfs.modern.admin;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.modern.connection.Connection;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;

/** Describes topics with all that a plan is made from. */
public final class TopicsDescriber {
  private final TopicLister topics;
  private final OffsetLister offsets;

  public TopicsDescriber(Connection connection, TopicLister topics) {
    this.topics = topics;
    this.offsets =
        connection.brokers().canBeToldNotToCreateTopics()
            ? new AdminOffsetLister(connection.questions(), connection.brokers().isolation())
            : new ConsumerOffsetLister(connection.properties(), connection.brokers());
  }

  /** As {@link io.kafkahdfs.client.KafkaCluster#describe}. */
  public TopicsSnapshot describe(TopicFilter filter) throws IOException {
    TopicLister.Listed listed = topics.list(filter);
    SortedMap<String, String> ids = new TreeMap<>();
    SortedMap<PartitionId, Optional<String>> leaders = new TreeMap<>();
    for (TopicDescription topic : topics.describe(listed.accepted())) {
      if (!topic.topicId().equals(Uuid.ZERO_UUID)) {
        ids.put(topic.name(), topic.topicId().toString());
      }
      leaders.putAll(TopicLister.leaders(topic));
    }
    SortedMap<PartitionId, PartitionSnapshot> partitions = new TreeMap<>();
    offsets
        .ends(leaders.keySet())
        .forEach(
            (partition, ends) ->
                partitions.put(
                    partition,
                    new PartitionSnapshot(
                        leaders.get(partition), ends.readable(), ends.highWatermark())));
    return new TopicsSnapshot(ids, partitions, listed.internal());
  }

  /** As {@link io.kafkahdfs.client.KafkaCluster#offsetsAt}. */
  public Map<PartitionId, Long> offsetsAt(Set<PartitionId> partitions, Instant time)
      throws IOException {
    topics.requireExisting(partitions);
    return offsets.at(partitions, time);
  }
}
