package io.kafkahdfs.testkit.kafka010;

import io.kafkahdfs.testkit.broker.Broker;
import io.kafkahdfs.testkit.broker.BrokerStarter;
import java.util.List;
import java.util.Properties;
import kafka.admin.AdminUtils;
import kafka.admin.RackAwareMode;
import kafka.server.ConfigType;
import kafka.server.KafkaConfig;
import kafka.server.KafkaServer;
import kafka.utils.ZkUtils;
import org.apache.kafka.common.utils.Time;
import scala.Option;
import scala.collection.JavaConversions;

/** Starts brokers of Kafka 0.10.2. */
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
    return new AdminBroker(server);
  }

  /**
   * What later Kafkas have requests for:
   *
   * <ul>
   *   <li>{@code configure TOPIC NAME VALUE}: changes the topic's own configuration
   *   <li>{@code partitions TOPIC COUNT}: adds partitions, so that there are so many
   * </ul>
   */
  private record AdminBroker(KafkaServer server) implements Broker {
    @Override
    public void applyRetention() {
      server.logManager().cleanupLogs();
    }

    @Override
    public String administer(String[] words) {
      ZkUtils zooKeeper = server.zkUtils();
      switch (words[0]) {
        case "configure" -> {
          Properties config = AdminUtils.fetchEntityConfig(zooKeeper, ConfigType.Topic(), words[1]);
          config.setProperty(words[2], words[3]);
          AdminUtils.changeTopicConfig(zooKeeper, words[1], config);
        }
        case "partitions" ->
            AdminUtils.addPartitions(
                zooKeeper,
                words[1],
                Integer.parseInt(words[2]),
                "",
                true,
                RackAwareMode.Enforced$.MODULE$);
        default -> throw new IllegalArgumentException(String.join(" ", words));
      }
      return "done";
    }
  }
}
