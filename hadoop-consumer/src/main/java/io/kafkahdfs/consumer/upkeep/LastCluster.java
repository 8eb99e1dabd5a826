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
    String[] topics = wanted.stream().map(PartitionId::topic).distinct().toArray(String[]::new);
    try (KafkaCluster cluster = connect(invocation, last)) {
      TopicsSnapshot snapshot = cluster.describe(TopicFilter.of(topics));
      ClusterIdentity.of(cluster, snapshot).checkSame(last.cluster());
      Map<PartitionId, PartitionSnapshot> existing = new TreeMap<>(snapshot.partitions());
      existing.keySet().retainAll(wanted);
      return existing;
    }
  }

  private static KafkaCluster connect(Invocation invocation, Commit last) throws IOException {
    Configuration configuration = new Configuration(invocation.configuration());
    if (!invocation.settings().isGiven(LoadSettings.BOOTSTRAP_SERVERS)) {
      configuration.set(
          LoadSettings.BOOTSTRAP_SERVERS.key(), String.join(",", last.bootstrapServers()));
    }
    return KafkaConnection.connect(configuration, invocation.credentials());
  }
}
