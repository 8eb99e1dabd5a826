package io.kafkahdfs.testkit.kafka11;

import io.kafkahdfs.testkit.broker.Broker;
import io.kafkahdfs.testkit.broker.BrokerStarter;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaServer;
import org.apache.kafka.common.utils.Time;
import scala.Option;
import scala.collection.JavaConversions;

/** Starts brokers of Kafka 1.1. */
public final class Starter implements BrokerStarter {
  @Override
  public boolean needsZooKeeper() {
    return true;
  }

  @Override
  public Broker start(Properties config) {
    KafkaServer server =
        new KafkaServer(
            KafkaConfig.fromProps(config),
            Time.SYSTEM,
            Option.empty(),
            JavaConversions.asScalaBuffer(List.of()));
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    server.startup();
    return () -> server.logManager().cleanupLogs();
  }
}
