package io.kafkahdfs.testkit.kafka08;

import io.kafkahdfs.testkit.broker.Broker;
import io.kafkahdfs.testkit.broker.BrokerStarter;
import java.net.URI;
import java.util.Properties;
import kafka.common.TopicAndPartition;
import kafka.log.Log;
import kafka.log.LogSegment;
import kafka.server.KafkaConfig;
import kafka.server.KafkaServer;
import kafka.utils.SystemTime$;
import scala.runtime.AbstractFunction1;

/** Starts brokers of Kafka 0.8.2. */
public final class Starter implements BrokerStarter {
  @Override
  public boolean needsZooKeeper() {
    return true;
  }

  @Override
  public Broker start(Properties config) {
    // Listeners came later.
    URI listener = URI.create(config.getProperty("listeners"));
    config.setProperty("host.name", listener.getHost());
    config.setProperty("port", String.valueOf(listener.getPort()));
    KafkaServer server = new KafkaServer(new KafkaConfig(config), SystemTime$.MODULE$);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    server.startup();
    return new RemovingBroker(server);
  }

  /**
   * What tests want beside what all brokers do:
   *
   * <ul>
   *   <li>{@code first TOPIC PARTITION}: the first offset
   *   <li>{@code remove TOPIC PARTITION OFFSET}: lets retention remove segments below an offset,
   *       and answers with the first offset left
   * </ul>
   */
  private record RemovingBroker(KafkaServer server) implements Broker {
    @Override
    public void applyRetention() {
      server.logManager().cleanupLogs();
    }

    @Override
    public String administer(String[] words) {
      TopicAndPartition partition = new TopicAndPartition(words[1], Integer.parseInt(words[2]));
      Log log = server.logManager().getLog(partition).get();
      return String.valueOf(
          switch (words[0]) {
            case "first" -> log.logStartOffset();
            case "remove" -> remove(log, Long.parseLong(words[3]));
            default -> throw new IllegalArgumentException(String.join(" ", words));
          });
    }

    private static long remove(Log log, long offset) {
      long active = log.activeSegment().baseOffset();
      log.deleteOldSegments(
          new AbstractFunction1<LogSegment, Object>() {
            @Override
            public Object apply(LogSegment segment) {
              return segment.baseOffset() < active && segment.nextOffset() <= offset;
            }
          });
      return log.logStartOffset();
    }
  }
}
