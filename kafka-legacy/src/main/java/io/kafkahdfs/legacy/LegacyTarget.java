package io.kafkahdfs.legacy;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RecordPart;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.client.TopicCreator;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.legacy.admin.LeaderFinder;
import io.kafkahdfs.legacy.connection.ClientOptions;
import io.kafkahdfs.legacy.send.LegacySender;
import io.kafkahdfs.legacy.send.ProducerProperties;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cluster that is sent to with Kafka 0.9's producer. */
final class LegacyTarget implements KafkaTarget {
  private final ClusterSettings settings;
  private final LeaderFinder leaders;
  private final KafkaCluster cluster;

  /**
   * @param options those that questions are asked with
   */
  LegacyTarget(ClusterSettings settings, ClientOptions options, LeaderFinder leaders) {
    this.settings = settings;
    this.leaders = leaders;
    this.cluster = new LegacyCluster(options, leaders);
  }

  @Override
  public Generation generation() {
    return Generation.LEGACY;
  }

  @Override
  public KafkaCluster cluster() {
    return cluster;
  }

  @Override
  public Set<RecordPart> lostParts() {
    return EnumSet.allOf(RecordPart.class);
  }

  @Override
  public SortedMap<String, Integer> partitionCounts(Set<String> topics) throws IOException {
    SortedMap<String, Integer> counts = new TreeMap<>();
    leaders
        .refresh()
        .leaders()
        .keySet()
        .forEach(
            partition -> {
              if (topics.contains(partition.topic())) {
                counts.merge(partition.topic(), 1, Integer::sum);
              }
            });
    return counts;
  }

  /** Kafka 0.9 keeps the configuration of topics in ZooKeeper, where no client is to look. */
  @Override
  public SortedMap<String, TargetTopic> describe(Set<String> topics) throws IOException {
    SortedMap<String, TargetTopic> described = new TreeMap<>();
    partitionCounts(topics)
        .forEach(
            (topic, partitions) ->
                described.put(
                    topic,
                    TargetTopic.hidden(
                        topic,
                        partitions,
                        "brokers as old as these do not tell a client how their topics are"
                            + " configured")));
    return described;
  }

  /** Kafka 0.9 creates topics in ZooKeeper, and a client of the brokers cannot ask for it. */
  @Override
  public Optional<TopicCreator> topicCreator() {
    return Optional.empty();
  }

  @Override
  public RecordSender sender(SendSettings sending) throws IOException {
    return LegacySender.start(ProducerProperties.of(settings, sending), settings.timeout());
  }

  @Override
  public Optional<Transactions> transactions() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Each question had its own connection, and each sender has its own.
  }
}
