package io.kafkahdfs.modern;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusterProvider;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.modern.connection.ClientProperties;
import io.kafkahdfs.modern.connection.Connection;
import java.io.IOException;

/** Connects to clusters of Kafka 0.10.2 and newer. */
public final class ModernClusterProvider implements KafkaClusterProvider {
  @Override
  public Generation generation() {
    return Generation.MODERN;
  }

  @Override
  public KafkaCluster connect(ClusterSettings settings) throws IOException {
    return new ModernCluster(Connection.open(ClientProperties.of(settings)));
  }

  @Override
  public KafkaTarget target(ClusterSettings settings) throws IOException {
    ClientProperties properties = ClientProperties.of(settings);
    properties.checkForSending();
    return new ModernTarget(Connection.open(properties));
  }
}
