package io.kafkahdfs.testkit.kafka39;

import io.kafkahdfs.testkit.broker.Broker;
import io.kafkahdfs.testkit.broker.BrokerStarter;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** Starts brokers and controllers of Kafka 3.9; those of 4.x too, which have the same classes. */
public final class Starter implements BrokerStarter {
  @Override
  public boolean needsZooKeeper() {
    return false;
  }

  @Override
  public Broker start(Properties config) {
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(config), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    server.startup();
    // It does so by itself, all the time.
    return () -> {};
  }
}
