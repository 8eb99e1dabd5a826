package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;

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
}
