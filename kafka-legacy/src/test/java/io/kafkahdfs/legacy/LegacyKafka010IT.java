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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The client of Kafka 0.9 with brokers that today's client would be chosen for. */
@Tag("all-brokers")
@ParameterizedClass
@EnumSource(names = {"V0_10_2", "V1_1"})
class NewerBrokersIT extends KafkaClusterContract {
  private static TestKafka kafka;

  @Parameter KafkaVersion version;

  @BeforeParameterizedClassInvocation
  static void start(KafkaVersion version) throws IOException {
    kafka = TestKafka.start(version);
  }

  @AfterParameterizedClassInvocation
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
    Set<Capability> seen = EnumSet.of(Capability.DELETE_RECORDS);
    seen.retainAll(tools().capabilities());
    return seen;
  }

  @Override
  protected KafkaCluster connect() throws IOException {
    KafkaCluster cluster =
        // It would be refused where there are transactions; these topics have none.
        KafkaClusters.reconnect(
            new ClusterSettings(
                List.of(kafka.bootstrapServers()), Duration.ofSeconds(60), Map.of()),
            Generation.LEGACY);
    assertThat(cluster.generation()).isEqualTo(Generation.LEGACY);
    return cluster;
  }
}
