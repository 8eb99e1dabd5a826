package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.plan.ClusterIdentity;
import io.kafkahdfs.consumer.plan.FingerprintCheck;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Asks the cluster that a load reads: the one that is given, or else the last run's. */
final class LastCluster {
  private LastCluster() {}

  /**
   * What can be read now of those partitions that exist.
   *
   * @throws io.kafkahdfs.config.InvalidSettingException if the cluster, or a topic, is another one
   *     than the load has read
   */
  static Map<PartitionId, OffsetRange> available(
      Invocation invocation, Commit last, Collection<PartitionId> wanted) throws IOException {
    Configuration configuration = configuration(invocation, last);
    try (KafkaCluster cluster =
        KafkaConnection.connect(configuration, invocation.credentials())) {
      return available(cluster, last, wanted);
    }
  }

  /**
   * What can be read now of all partitions that were ever loaded and still exist.
   *
   * @throws LoaderException if the cluster, a topic, or what a partition holds, is not what was
   *     loaded
   */
  static Map<PartitionId, OffsetRange> availableAsLoaded(Invocation invocation, Commit last)
      throws IOException {
    Configuration configuration = configuration(invocation, last);
    History history = last.history();
    try (KafkaCluster cluster =
        KafkaConnection.connect(configuration, invocation.credentials())) {
      Map<PartitionId, OffsetRange> available =
          available(cluster, last, history.checkpoint().nextOffsets().keySet());
      Map<PartitionId, Long> begins = new TreeMap<>(history.checkpoint().nextOffsets());
      begins.keySet().retainAll(available.keySet());
      FingerprintCheck.Result check =
          new FingerprintCheck(
                  cluster, KafkaConnection.readSettings(KafkaConnection.settings(configuration)))
              .check(begins, history);
      if (!check.unchecked().isEmpty()) {
        invocation.console().warn(FingerprintCheck.text(check.unchecked()).strip());
      }
      return available;
    }
  }

  private static Map<PartitionId, OffsetRange> available(
      KafkaCluster cluster, Commit last, Collection<PartitionId> wanted) throws IOException {
    Set<String> topics = wanted.stream().map(PartitionId::topic).collect(Collectors.toSet());
    ClusterIdentity.of(cluster, topics).checkSame(last.cluster());
    Set<PartitionId> existing =
        new TreeSet<>(
            cluster
                .partitions(new TopicFilter(topics, Optional.empty(), Optional.empty()))
                .keySet());
    existing.retainAll(wanted);
    return existing.isEmpty() ? Map.of() : cluster.available(existing);
  }

  private static Configuration configuration(Invocation invocation, Commit last) {
    Configuration configuration = new Configuration(invocation.configuration());
    if (!invocation.settings().isGiven(LoadSettings.BOOTSTRAP_SERVERS)) {
      configuration.set(
          LoadSettings.BOOTSTRAP_SERVERS.key(), String.join(",", last.bootstrapServers()));
    }
    return configuration;
  }
}
