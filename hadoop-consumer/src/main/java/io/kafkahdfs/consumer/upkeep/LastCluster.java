package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.plan.ClusterIdentity;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    Set<String> topics = wanted.stream().map(PartitionId::topic).collect(Collectors.toSet());
    try (KafkaCluster cluster = connect(invocation, last)) {
      ClusterIdentity.of(cluster, topics).checkSame(last.cluster());
      Set<PartitionId> existing =
          new TreeSet<>(
              cluster
                  .partitions(new TopicFilter(topics, Optional.empty(), Optional.empty()))
                  .keySet());
      existing.retainAll(wanted);
      return existing.isEmpty() ? Map.of() : cluster.available(existing);
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
