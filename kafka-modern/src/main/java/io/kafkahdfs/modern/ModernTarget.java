package io.kafkahdfs.modern;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RecordPart;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.client.TopicCreator;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.modern.admin.AdminTopicCreator;
import io.kafkahdfs.modern.admin.TopicLister;
import io.kafkahdfs.modern.admin.TopicLook;
import io.kafkahdfs.modern.connection.Connection;
import io.kafkahdfs.modern.send.ProducerSender;
import io.kafkahdfs.modern.send.ProducerTransactions;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cluster that is sent to with today's client. */
final class ModernTarget implements KafkaTarget {
  private final Connection connection;
  private final ModernCluster cluster;
  private final TopicLister topics;
  private final TopicLook look;

  ModernTarget(Connection connection) {
    this.connection = connection;
    this.cluster = new ModernCluster(connection);
    this.topics = new TopicLister(connection);
    this.look = new TopicLook(connection, topics);
  }

  @Override
  public Generation generation() {
    return Generation.MODERN;
  }

  @Override
  public KafkaCluster cluster() {
    return cluster;
  }

  /** Records of Kafka 0.10 have timestamps; headers came together with transactions. */
  @Override
  public Set<RecordPart> lostParts() {
    return connection.brokers().transactions() ? Set.of() : Set.of(RecordPart.HEADERS);
  }

  @Override
  public SortedMap<String, Integer> partitionCounts(Set<String> names) throws IOException {
    SortedMap<String, Integer> counts = new TreeMap<>();
    topics
        .leaders(names)
        .keySet()
        .forEach(partition -> counts.merge(partition.topic(), 1, Integer::sum));
    return counts;
  }

  @Override
  public SortedMap<String, TargetTopic> describe(Set<String> names) throws IOException {
    return look.describe(names);
  }

  @Override
  public Optional<TopicCreator> topicCreator() {
    return Optional.of(new AdminTopicCreator(connection, topics));
  }

  @Override
  public RecordSender sender(SendSettings sending) throws IOException {
    return ProducerSender.start(connection, sending, look);
  }

  @Override
  public Optional<Transactions> transactions() {
    return connection.brokers().transactions()
        ? Optional.of(new ProducerTransactions(connection, look))
        : Optional.empty();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
