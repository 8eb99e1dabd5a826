package io.kafkahdfs.testkit.kafka09;

import io.kafkahdfs.testkit.kafka.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.common.TopicAndPartition;
import kafka.log.Log;
import kafka.log.LogSegment;
import kafka.server.KafkaConfig;
import kafka.server.KafkaServer;
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
  private final Path folder;

  private Broker(KafkaServer server, Path folder) {
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
    return new Broker(server, Path.of(properties.getProperty("log.dirs")));
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
  public String answer(String command) throws IOException {
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

  /**
   * The cleaner notes how far it came, in a file, when it is done with a partition. Kafka's own
   * class for that file is not to be used: it begins with deleting what the cleaner is just
   * writing.
   */
  private boolean compacted(Log log, TopicAndPartition partition) throws IOException {
    Path checkpoint = folder.resolve("cleaner-offset-checkpoint");
    if (!Files.exists(checkpoint)) {
      return false;
    }
    String prefix = partition.topic() + " " + partition.partition() + " ";
    return Files.readAllLines(checkpoint).stream()
        .filter(line -> line.startsWith(prefix))
        .mapToLong(line -> Long.parseLong(line.substring(prefix.length())))
        .anyMatch(cleaned -> cleaned >= log.activeSegment().baseOffset());
  }
}
