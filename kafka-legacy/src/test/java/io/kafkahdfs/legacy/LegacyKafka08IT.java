package io.kafkahdfs.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.testkit.kafka.KafkaClusterContract;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The client of Kafka 0.9 with brokers that are older still. */
@Tag("all-brokers")
class LegacyKafka08IT extends KafkaClusterContract {
  private static TestKafka kafka;

  @BeforeAll
  static void start() throws IOException {
    kafka = TestKafka.start(KafkaVersion.V0_8_2);
    // Before its first topic a cluster of 0.8 does not say which brokers it has.
    kafka.tools().createTopic("first", 1);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Override
  protected KafkaTools tools() {
    return kafka.tools();
  }

  @Override
  protected Optional<KafkaVersion> documented() {
    return Optional.of(KafkaVersion.V0_8_2);
  }

  @Override
  protected KafkaCluster connect() throws IOException {
    KafkaCluster cluster = KafkaClusters.connect(settings());
    assertThat(cluster.generation()).isEqualTo(Generation.LEGACY);
    return cluster;
  }

  private static ClusterSettings settings() {
    return new ClusterSettings(List.of(kafka.bootstrapServers()), Duration.ofSeconds(60), Map.of());
  }

  @Test
  void isNotSentTo() {
    assertThatThrownBy(() -> KafkaClusters.target(settings(), Optional.empty()))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("Kafka 0.8")
        .hasMessageContaining(kafka.bootstrapServers());
  }
}
