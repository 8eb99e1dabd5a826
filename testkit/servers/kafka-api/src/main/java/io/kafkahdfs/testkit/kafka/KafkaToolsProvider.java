package io.kafkahdfs.testkit.kafka;

/** Makes a Kafka's tools; each module of tools has one, with a constructor without arguments. */
public interface KafkaToolsProvider {

  /**
   * @param version the brokers' version, such as {@code 0.10.2}
   * @param bootstrapServers the brokers, {@code host:port}, separated by commas
   * @param coordinator {@code host:port} of the cluster's ZooKeeper, if it has one
   * @param console the line to the brokers
   */
  KafkaTools tools(
      String version, String bootstrapServers, String coordinator, BrokerConsole console);
}
