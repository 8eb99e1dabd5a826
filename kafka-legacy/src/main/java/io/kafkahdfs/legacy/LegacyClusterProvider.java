package io.kafkahdfs.legacy;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusterProvider;
import java.io.IOException;

/** Connects to clusters of Kafka 0.8.2 and 0.9. */
public final class LegacyClusterProvider implements KafkaClusterProvider {
  @Override
  public Generation generation() {
    return Generation.LEGACY;
  }

  @Override
  public KafkaCluster connect(ClusterSettings settings) throws IOException {
    ClientOptions options = ClientOptions.of(settings);
    LeaderFinder leaders = new LeaderFinder(options);
    leaders.refresh();
    return new LegacyCluster(options, leaders);
  }
}
