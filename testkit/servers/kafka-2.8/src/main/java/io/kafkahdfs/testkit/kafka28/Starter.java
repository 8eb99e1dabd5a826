package io.kafkahdfs.testkit.kafka28;

import io.kafkahdfs.testkit.broker.Broker;
import io.kafkahdfs.testkit.broker.BrokerStarter;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaServer;
import org.apache.kafka.common.utils.Time;
import scala.Option;

/** Starts brokers of Kafka 2.8. */
public final class Starter implements BrokerStarter {
  @Override
  public boolean needsZooKeeper() {
    return true;
  }

  @Override
  public Broker start(Properties config) {
    KafkaServer server =
        new KafkaServer(KafkaConfig.fromProps(config), Time.SYSTEM, Option.empty(), false);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    server.startup();
    return () -> server.logManager().cleanupLogs();
  }
}
