package io.kafkahdfs.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.KafkaClusterContract;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * The client of Kafka 0.9 with brokers that today's client would be chosen for. Later ones have
 * transactions, and there it is refused.
 */
@Tag("all-brokers")
class LegacyKafka010IT extends KafkaClusterContract {
  private static TestKafka kafka;

  @BeforeAll
  static void start() throws IOException {
    kafka = TestKafka.start(KafkaVersion.V0_10_2);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Override
  protected KafkaTools tools() {
    return kafka.tools();
  }

  /** Of what came after it, it only sees what looks as it did before. */
  @Override
  protected Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  protected Optional<KafkaVersion> documented() {
    return Optional.of(KafkaVersion.V0_10_2);
  }

  @Override
  protected KafkaCluster connect() throws IOException {
    KafkaCluster cluster =
        KafkaClusters.connect(
            new ClusterSettings(
                List.of(kafka.bootstrapServers()), Duration.ofSeconds(60), Map.of()),
            Optional.of(Generation.LEGACY));
    assertThat(cluster.generation()).isEqualTo(Generation.LEGACY);
    return cluster;
  }
}
