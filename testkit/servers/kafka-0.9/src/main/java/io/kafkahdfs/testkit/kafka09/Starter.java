package io.kafkahdfs.testkit.kafka09;

import io.kafkahdfs.testkit.broker.Broker;
import io.kafkahdfs.testkit.broker.BrokerStarter;
import java.util.Properties;
import kafka.common.TopicAndPartition;
import kafka.log.Log;
import kafka.log.LogSegment;
import kafka.server.KafkaConfig;
import kafka.server.KafkaServer;
import kafka.utils.SystemTime$;
import scala.Option;
import scala.runtime.AbstractFunction1;

/** Starts brokers of Kafka 0.9. */
public final class Starter implements BrokerStarter {
  @Override
  public boolean needsZooKeeper() {
    return true;
  }

  @Override
  public Broker start(Properties config) {
    KafkaServer server =
        new KafkaServer(KafkaConfig.fromProps(config), SystemTime$.MODULE$, Option.empty());
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    server.startup();
    return new RemovingBroker(server);
  }

  /**
   * What tests want beside what all brokers do: {@code remove TOPIC PARTITION OFFSET} lets
   * retention remove segments below an offset, and answers with the first offset left.
   */
  private record RemovingBroker(KafkaServer server) implements Broker {
    @Override
    public void applyRetention() {
      server.logManager().cleanupLogs();
    }

    @Override
    public String administer(String[] words) {
      if (!words[0].equals("remove")) {
        throw new IllegalArgumentException(String.join(" ", words));
      }
      TopicAndPartition partition = new TopicAndPartition(words[1], Integer.parseInt(words[2]));
      Log log = server.logManager().getLog(partition).get();
      return String.valueOf(remove(log, Long.parseLong(words[3])));
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
