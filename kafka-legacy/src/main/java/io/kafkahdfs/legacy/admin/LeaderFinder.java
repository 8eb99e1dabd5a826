package io.kafkahdfs.legacy.admin;

import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.legacy.connection.BrokerAddress;
import io.kafkahdfs.legacy.connection.BrokerConnection;
import io.kafkahdfs.legacy.connection.ClientOptions;
import io.kafkahdfs.legacy.connection.Patience;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import kafka.api.TopicMetadataResponse;
import kafka.cluster.BrokerEndPoint;
import kafka.javaapi.PartitionMetadata;
import kafka.javaapi.TopicMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConversions;

/**
 * Finds out who leads each partition, from any broker that answers: those given, and those that
 * they named. For any number of threads.
 */
public final class LeaderFinder {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderFinder.class);

  private final ClientOptions options;
  private volatile ClusterMap latest = new ClusterMap(new TreeMap<>(), Set.of());
  private final Set<BrokerAddress> avoided = ConcurrentHashMap.newKeySet();

  public LeaderFinder(ClientOptions options) {
    this.options = options;
  }

  /** Who leads a partition by what is known, if anybody. */
  public Optional<BrokerAddress> leader(PartitionId partition) {
    return latest.leaders().getOrDefault(partition, Optional.empty());
  }

  /**
   * Asks until a broker answers.
   *
   * @throws KafkaUnreachableException if none does within the time-out
   */
  public ClusterMap refresh() throws IOException {
    Patience patience = new Patience(options.timeout());
    while (true) {
      try {
        return refreshOnce();
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        if (patience.isExhausted()) {
          throw new KafkaUnreachableException(
              "No broker answered within "
                  + options.timeout().toMillis()
                  + " ms. Is the cluster up, and are these its bootstrap servers? "
                  + e.getMessage(),
              e);
        }
        LOG.warn("No broker answers, still trying: {}", e.getMessage());
        patience.pause();
      }
    }
  }

  /**
   * Asks each known broker once, until one answers.
   *
   * @throws IOException if none does; its message holds each one's reason
   */
  public ClusterMap refreshOnce() throws IOException {
    List<String> reasons = new ArrayList<>();
    List<IOException> causes = new ArrayList<>();
    Set<BrokerAddress> brokers = known();
    for (BrokerAddress broker : brokers) {
      try (BrokerConnection connection =
          new BrokerConnection(broker, options, options.questionTimeout(brokers.size()))) {
        ClusterMap map = understood(connection);
        latest = map;
        avoided.remove(broker);
        return map;
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        avoid(broker);
        reasons.add(e.getMessage());
        causes.add(e);
      }
    }
    IOException exception = new IOException(String.join("; ", reasons));
    causes.forEach(exception::addSuppressed);
    throw exception;
  }

  /** Asks a broker after all others from now on, until it answers. */
  public void avoid(BrokerAddress broker) {
    avoided.add(broker);
  }

  private Set<BrokerAddress> known() {
    Set<BrokerAddress> brokers = new LinkedHashSet<>(latest.brokers());
    brokers.addAll(options.bootstrap());
    Set<BrokerAddress> last = new LinkedHashSet<>(brokers);
    last.retainAll(avoided);
    brokers.removeAll(last);
    brokers.addAll(last);
    return brokers;
  }

  private static ClusterMap understood(BrokerConnection connection) throws IOException {
    try {
      return map(connection);
    } catch (RuntimeException e) {
      throw connection.nonsense(e);
    }
  }

  private static ClusterMap map(BrokerConnection connection) throws IOException {
    TopicMetadataResponse response = connection.describeAllTopics();
    Set<BrokerAddress> brokers = new LinkedHashSet<>();
    for (BrokerEndPoint broker : JavaConversions.seqAsJavaList(response.brokers())) {
      brokers.add(address(broker));
    }
    if (brokers.isEmpty()) {
      // It has just started: it would say that there are no topics either.
      throw new IOException(connection.address() + ": it does not know the cluster yet");
    }
    TreeMap<PartitionId, Optional<BrokerAddress>> leaders = new TreeMap<>();
    for (kafka.api.TopicMetadata scalaTopic :
        JavaConversions.seqAsJavaList(response.topicsMetadata())) {
      TopicMetadata topic = new TopicMetadata(scalaTopic);
      for (PartitionMetadata partition : topic.partitionsMetadata()) {
        leaders.put(
            new PartitionId(topic.topic(), partition.partitionId()),
            Optional.ofNullable(partition.leader()).map(LeaderFinder::address));
      }
    }
    return new ClusterMap(leaders, brokers);
  }

  private static BrokerAddress address(BrokerEndPoint broker) {
    if (broker.host() == null || broker.host().isEmpty() || broker.port() < 1) {
      throw new IllegalArgumentException("a broker at " + broker.host() + ":" + broker.port());
    }
    return new BrokerAddress(broker.host(), broker.port());
  }
}
