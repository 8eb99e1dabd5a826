package io.kafkahdfs.testkit.kafka09;

import io.kafkahdfs.testkit.kafka.ServerProcess;
import java.io.File;
import java.util.Properties;
import kafka.common.TopicAndPartition;
import kafka.log.Log;
import kafka.log.LogSegment;
import kafka.server.KafkaConfig;
import kafka.server.KafkaServer;
import kafka.server.OffsetCheckpoint;
import kafka.utils.SystemTime$;
import kafka.utils.ZkUtils;
import org.I0Itec.zkclient.ZkClient;
import scala.Option;
import scala.runtime.AbstractFunction1;

/**
 * A broker in this JVM, and what tests want of it that no request does:
 *
 * <ul>
 *   <li>{@code remove TOPIC PARTITION OFFSET}: lets retention remove segments below an offset;
 *       answers with the first offset left
 *   <li>{@code compacted TOPIC PARTITION}: answers whether all but the last segment are compacted
 * </ul>
 */
final class Broker implements ServerProcess.Console {
  private final KafkaServer server;
  private final File folder;

  private Broker(KafkaServer server, File folder) {
    this.server = server;
    this.folder = folder;
  }

  /** Starts a broker; it shuts down with the JVM. */
  static Broker start(Properties properties) {
    KafkaConfig config = KafkaConfig.fromProps(properties);
    forgetEarlierLife(properties);
    KafkaServer server = new KafkaServer(config, SystemTime$.MODULE$, Option.empty());
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    server.startup();
    return new Broker(server, new File(properties.getProperty("log.dirs")));
  }

  /**
   * Removes what a killed broker of this id left in ZooKeeper until its session would have expired:
   * with it, this one could not register, or would wait to be the controller.
   */
  private static void forgetEarlierLife(Properties properties) {
    String id = properties.getProperty("broker.id");
    ZkUtils zooKeeper =
        ZkUtils.apply(properties.getProperty("zookeeper.connect"), 30_000, 30_000, false);
    try {
      ZkClient client = zooKeeper.zkClient();
      client.delete(ZkUtils.BrokerIdsPath() + "/" + id);
      if (client.exists(ZkUtils.ControllerPath())
          && zooKeeper.getController() == Integer.parseInt(id)) {
        client.delete(ZkUtils.ControllerPath());
      }
    } finally {
      zooKeeper.close();
    }
  }

  @Override
  public String answer(String command) {
    String[] words = command.split(" ");
    TopicAndPartition partition = new TopicAndPartition(words[1], Integer.parseInt(words[2]));
    Log log = server.logManager().getLog(partition).get();
    return switch (words[0]) {
      case "remove" -> String.valueOf(remove(log, Long.parseLong(words[3])));
      case "compacted" -> String.valueOf(compacted(log, partition));
      default -> throw new IllegalArgumentException(command);
    };
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

  /** The cleaner notes how far it came, in a file, when it is done with a partition. */
  private boolean compacted(Log log, TopicAndPartition partition) {
    OffsetCheckpoint checkpoint =
        new OffsetCheckpoint(new File(folder, "cleaner-offset-checkpoint"));
    Option<Object> cleaned = checkpoint.read().get(partition);
    return cleaned.isDefined() && (Long) cleaned.get() >= log.activeSegment().baseOffset();
  }
}
