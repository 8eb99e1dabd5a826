package io.kafkahdfs.modern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.KafkaClusterContract;
import io.kafkahdfs.testkit.kafka.KafkaTargetContract;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestBroker;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Today's client with one Kafka, and no word about which. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ModernClusterContract extends KafkaClusterContract {
  private final KafkaVersion version;
  private final Set<Capability> expected;
  private TestKafka kafka;

  ModernClusterContract(KafkaVersion version, Set<Capability> expected) {
    this.version = version;
    this.expected = expected;
  }

  @BeforeAll
  void start() throws IOException {
    kafka = TestKafka.start(version);
  }

  @AfterAll
  void stop() {
    kafka.close();
  }

  @Override
  protected KafkaTools tools() {
    return kafka.tools();
  }

  @Override
  protected KafkaCluster connect() throws IOException {
    KafkaCluster cluster =
        KafkaClusters.connect(
            new ClusterSettings(
                List.of(kafka.bootstrapServers()), Duration.ofSeconds(60), Map.of()));
    assertThat(cluster.generation()).isEqualTo(Generation.MODERN);
    return cluster;
  }

  @Override
  protected Optional<KafkaVersion> documented() {
    return Optional.of(version);
  }

  @Test
  void refusesTheOldClientWhereItWouldReadWrongly() throws IOException {
    ClusterSettings settings =
        new ClusterSettings(List.of(kafka.bootstrapServers()), Duration.ofSeconds(60), Map.of());
    if (!expected.contains(Capability.TRANSACTIONS)) {
      assertThat(KafkaClusters.choose(settings, Optional.of(Generation.LEGACY)))
          .isEqualTo(Generation.LEGACY);
      return;
    }
    // It would take the records of aborted transactions for real.
    assertThatThrownBy(() -> KafkaClusters.choose(settings, Optional.of(Generation.LEGACY)))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("--kafka-generation legacy");
  }

  /** The same of sending, on the same broker. */
  @Nested
  class Sending extends KafkaTargetContract {
    @Override
    protected KafkaTools tools() {
      return kafka.tools();
    }

    @Override
    protected Optional<TestBroker> broker(int id) {
      return Optional.of(kafka.broker(id));
    }

    @Override
    protected KafkaTarget connect(Map<String, String> client) throws IOException {
      KafkaTarget target =
          KafkaClusters.target(
              new ClusterSettings(
                  List.of(kafka.bootstrapServers()), Duration.ofSeconds(60), client),
              Optional.empty());
      assertThat(target.generation()).isEqualTo(Generation.MODERN);
      return target;
    }
  }

  /** So that no test is content with less than this Kafka can do. */
  @Test
  void canDoWhatThisKafkaCan() {
    assertThat(capabilities()).isEqualTo(expected);
  }
}
