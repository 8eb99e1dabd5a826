package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.plan.ClusterIdentity;
import io.kafkahdfs.consumer.plan.FingerprintCheck;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** Asks the cluster that a load reads: the one that is given, or else the last run's. */
final class LastCluster {
  private LastCluster() {}

  /**
   * What the cluster says now of those partitions that exist.
   *
   * @throws io.kafkahdfs.config.InvalidSettingException if the cluster, or a topic, is another one
   *     than the load has read
   */
  static Map<PartitionId, PartitionSnapshot> describe(
      Invocation invocation, Commit last, Set<PartitionId> wanted) throws IOException {
    try (KafkaCluster cluster =
        KafkaConnection.connect(configuration(invocation, last), invocation.credentials())) {
      return describe(cluster, last, wanted);
    }
  }

  /**
   * What the cluster says now of all partitions that were ever loaded and still exist.
   *
   * @throws LoaderException if the cluster, a topic, or what a partition holds, is not what was
   *     loaded
   */
  static Map<PartitionId, PartitionSnapshot> describeLoaded(Invocation invocation, Commit last)
      throws IOException {
    Configuration configuration = configuration(invocation, last);
    History history = last.history();
    try (KafkaCluster cluster = KafkaConnection.connect(configuration, invocation.credentials())) {
      Map<PartitionId, PartitionSnapshot> described =
          describe(cluster, last, history.checkpoint().nextOffsets().keySet());
      FingerprintCheck.Result check =
          new FingerprintCheck(
                  cluster, KafkaConnection.readSettings(KafkaConnection.settings(configuration)))
              .check(described, history);
      if (!check.unchecked().isEmpty()) {
        invocation.console().warn(FingerprintCheck.text(check.unchecked()).strip());
      }
      return described;
    }
  }

  private static Map<PartitionId, PartitionSnapshot> describe(
      KafkaCluster cluster, Commit last, Set<PartitionId> wanted) throws IOException {
    String[] topics = wanted.stream().map(PartitionId::topic).distinct().toArray(String[]::new);
    TopicsSnapshot snapshot = cluster.describe(TopicFilter.of(topics));
    ClusterIdentity.of(cluster, snapshot).checkSame(last.cluster());
    Map<PartitionId, PartitionSnapshot> existing = new TreeMap<>(snapshot.partitions());
    existing.keySet().retainAll(wanted);
    return existing;
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
