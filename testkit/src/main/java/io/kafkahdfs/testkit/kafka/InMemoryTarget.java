package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RecordPart;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.client.TopicCreator;
import io.kafkahdfs.client.Transactions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** An {@link InMemoryCluster} as a target; passes the same contract as the real ones. */
final class InMemoryTarget implements KafkaTarget {
  private final InMemoryCluster cluster;
  private final int largest;

  /**
   * @param largest how many bytes of a record its client sends
   */
  InMemoryTarget(InMemoryCluster cluster, int largest) {
    this.cluster = cluster;
    this.largest = largest;
  }

  @Override
  public Generation generation() {
    return cluster.generation();
  }

  @Override
  public KafkaCluster cluster() {
    return cluster;
  }

  private boolean isModern() {
    return cluster.generation() == Generation.MODERN;
  }

  @Override
  public Set<RecordPart> lostParts() {
    return isModern() ? Set.of() : EnumSet.allOf(RecordPart.class);
  }

  @Override
  public SortedMap<String, Integer> partitionCounts(Set<String> topics) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (String topic : topics) {
      int count = cluster.partitionCount(topic);
      if (count > 0) {
        counts.put(topic, count);
      }
    }
    return counts;
  }

  @Override
  public SortedMap<String, TargetTopic> describe(Set<String> topics) {
    SortedMap<String, TargetTopic> described = new TreeMap<>();
    partitionCounts(topics)
        .forEach(
            (topic, partitions) ->
                described.put(
                    topic,
                    isModern()
                        ? TargetTopic.of(
                            topic, partitions, InMemoryRules.of(cluster.topicConfig(topic)))
                        : TargetTopic.hidden(topic, partitions, "this generation does not tell")));
    return described;
  }

  @Override
  public Optional<TopicCreator> topicCreator() {
    return isModern()
        ? Optional.of((topic, partitions, replication) -> cluster.createTopic(topic, partitions))
        : Optional.empty();
  }

  @Override
  public RecordSender sender(SendSettings settings) {
    return new InMemorySender(cluster, settings, largest);
  }

  @Override
  public Optional<Transactions> transactions() {
    return isModern() ? Optional.of(cluster.transactions()) : Optional.empty();
  }

  @Override
  public void close() {
    // There is nothing to free.
  }
}
