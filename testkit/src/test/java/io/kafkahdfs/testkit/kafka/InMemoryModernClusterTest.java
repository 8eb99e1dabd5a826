package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaTarget;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

class InMemoryModernClusterTest extends KafkaClusterContract {
  private final InMemoryCluster memory = new InMemoryCluster(Generation.MODERN);

  @Override
  protected KafkaTools tools() {
    return memory.tools();
  }

  @Override
  protected KafkaCluster connect() {
    return memory;
  }

  /** The same of sending. */
  @Nested
  class Sending extends KafkaTargetContract {
    @Override
    protected KafkaTools tools() {
      return memory.tools();
    }

    @Override
    protected Optional<TestBroker> broker(int id) {
      return Optional.empty();
    }

    @Override
    protected KafkaTarget connect(Map<String, String> client) {
      return memory.target(client);
    }
  }
}
