package io.kafkahdfs.testkit.kafka08;

import io.kafkahdfs.testkit.kafka.BrokerConsole;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.KafkaToolsProvider;

/** The door to this module, for the testkit. */
public final class ToolsProvider implements KafkaToolsProvider {
  @Override
  public KafkaTools tools(
      String version, String bootstrapServers, String coordinator, BrokerConsole console) {
    return Tools.inOwnClassLoader(
        () -> {
          Logs.warningsToStandardError();
          return new Tools(bootstrapServers, coordinator, console);
        });
  }
}
