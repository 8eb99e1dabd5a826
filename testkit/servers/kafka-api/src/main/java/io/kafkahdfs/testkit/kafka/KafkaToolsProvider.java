package io.kafkahdfs.testkit.kafka;

/** Makes one Kafka's tools; each server module has one, with a constructor without arguments. */
public interface KafkaToolsProvider {

  /**
   * @param bootstrapServers the brokers, {@code host:port}, separated by commas
   * @param coordinator {@code host:port} of the cluster's ZooKeeper, if it has one
   * @param console the line to the brokers
   */
  KafkaTools tools(String bootstrapServers, String coordinator, BrokerConsole console);
}
