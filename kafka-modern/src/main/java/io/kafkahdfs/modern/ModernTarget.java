package io.kafkahdfs.modern;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RecordPart;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.client.TopicCreator;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.client.Transactions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster that is sent to with today's client. */
final class ModernTarget implements KafkaTarget {
  private static final Logger LOG = LoggerFactory.getLogger(ModernTarget.class);

  private final ClientProperties properties;
  private final ModernCluster cluster;

  ModernTarget(ClientProperties properties, ModernCluster cluster) {
    this.properties = properties;
    this.cluster = cluster;
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
    return cluster.brokers().transactions() ? Set.of() : Set.of(RecordPart.HEADERS);
  }

  @Override
  public SortedMap<String, Integer> partitionCounts(Set<String> topics) throws IOException {
    SortedMap<String, Integer> counts = new TreeMap<>();
    cluster
        .leaders(topics)
        .keySet()
        .forEach(partition -> counts.merge(partition.topic(), 1, Integer::sum));
    return counts;
  }

  @Override
  public SortedMap<String, TargetTopic> describe(Set<String> topics) throws IOException {
    return new TopicLook(cluster).describe(topics);
  }

  @Override
  public Optional<TopicCreator> topicCreator() {
    return Optional.of(new AdminTopicCreator(cluster, properties.timeout()));
  }

  @Override
  public RecordSender sender(SendSettings sending) throws IOException {
    return ProducerSender.start(
        properties.producer(sending, cluster.brokers()),
        new SendFailures(properties),
        new RecordCheck(this::describe, sending),
        how(sending));
  }

  private ProducerSender.How how(SendSettings sending) {
    return new ProducerSender.How(cluster.brokers().transactions(), sending.timestamps());
  }

  @Override
  public Optional<Transactions> transactions() {
    return cluster.brokers().transactions()
        ? Optional.of(new ProducerTransactions())
        : Optional.empty();
  }

  @Override
  public void close() {
    cluster.close();
  }

  private final class ProducerTransactions implements Transactions {
    @Override
    public TransactionalSender sender(String id, SendSettings sending) throws IOException {
      return TransactionalProducerSender.start(
          id,
          properties,
          sending,
          new RecordCheck(ModernTarget.this::describe, sending),
          cluster.questions());
    }

    @Override
    public Optional<Duration> longest() throws IOException {
      return cluster
          .brokerConfig("transaction.max.timeout.ms")
          .map(millis -> Duration.ofMillis(Long.parseLong(millis)));
    }

    @Override
    public void deleteProgress(Set<String> ids) throws IOException {
      if (ids.isEmpty()) {
        return;
      }
      for (Map.Entry<String, KafkaFuture<Void>> group :
          cluster.questions().admin().deleteConsumerGroups(ids).deletedGroups().entrySet()) {
        try {
          cluster
              .questions()
              .answerUnless(
                  GroupIdNotFoundException.class,
                  "delete the progress that is kept as group " + group.getKey(),
                  group.getValue());
        } catch (io.kafkahdfs.failure.LoaderException e) {
          if (!(e.getCause() instanceof UnsupportedVersionException)) {
            throw e;
          }
          // Before Kafka 1.1 groups cannot be deleted. The brokers forget them after some time.
          LOG.info("The brokers cannot delete the group {}", group.getKey());
        }
      }
    }
  }
}
