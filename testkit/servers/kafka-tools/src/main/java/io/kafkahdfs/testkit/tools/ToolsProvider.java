package io.kafkahdfs.testkit.tools;

import io.kafkahdfs.testkit.kafka.BrokerConsole;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.KafkaToolsProvider;

/** The door to this module, for the testkit. */
public final class ToolsProvider implements KafkaToolsProvider {
  @Override
  public KafkaTools tools(
      String version, String bootstrapServers, String coordinator, BrokerConsole console) {
    return OwnClassLoader.call(
        () -> new Tools(BrokerVersion.parse(version), bootstrapServers, console));
  }
}
