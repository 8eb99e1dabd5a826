package io.kafkahdfs.testkit.kafka09;

import io.kafkahdfs.testkit.kafka.ServerProcess;
import java.io.File;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Properties;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/**
 * Runs a Kafka 0.9 broker, or the ZooKeeper it needs, in this JVM:
 *
 * <ul>
 *   <li>{@code coordinator PORT FOLDER}
 *   <li>{@code broker ID PORT FOLDER COORDINATOR_PORT [NAME=VALUE...]}
 * </ul>
 */
public final class Server {
  private static final int TICK_MS = 500;

  private Server() {}

  public static void main(String[] args) {
    Logs.warningsToStandardError();
    List<String> arguments = List.of(args);
    ServerProcess.run(
        arguments.get(0).equals("coordinator")
            ? () -> zooKeeper(arguments)
            : () -> broker(arguments));
  }

  private static ServerProcess.Console zooKeeper(List<String> arguments) throws Exception {
    File folder = new File(arguments.get(2));
    ZooKeeperServer server = new ZooKeeperServer(folder, folder, TICK_MS);
    NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
    connections.configure(
        new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments.get(1))), 100);
    connections.startup(server);
    return command -> {
      throw new IllegalArgumentException(command);
    };
  }

  private static ServerProcess.Console broker(List<String> arguments) {
    String zooKeeper = "127.0.0.1:" + arguments.get(4);
    Properties config = new Properties();
    config.setProperty("broker.id", arguments.get(1));
    config.setProperty("listeners", "PLAINTEXT://127.0.0.1:" + arguments.get(2));
    config.setProperty("log.dirs", arguments.get(3));
    config.setProperty("zookeeper.connect", zooKeeper);
    // Short, so that a broker that died or hangs loses its partitions soon.
    config.setProperty("zookeeper.session.timeout.ms", "3000");
    config.setProperty("controller.socket.timeout.ms", "3000");
    config.setProperty("replica.socket.timeout.ms", "3000");
    config.setProperty("zookeeper.connection.timeout.ms", "30000");
    config.setProperty("offsets.topic.num.partitions", "1");
    config.setProperty("message.max.bytes", "20000000");
    config.setProperty("replica.fetch.max.bytes", "20000000");
    // Soon and small: tests wait for compaction.
    config.setProperty("log.cleaner.backoff.ms", "50");
    config.setProperty("log.cleaner.dedupe.buffer.size", "4000000");
    for (String setting : arguments.subList(5, arguments.size())) {
      int equals = setting.indexOf('=');
      config.setProperty(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return Broker.start(config);
  }
}
