package io.kafkahdfs.testkit.broker;

import io.kafkahdfs.testkit.kafka.ServerProcess;
import java.io.File;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;

/**
 * Runs a broker, or what coordinates the brokers, in this JVM:
 *
 * <ul>
 *   <li>{@code coordinator PORT FOLDER [NAME=VALUE...]}
 *   <li>{@code broker ID PORT FOLDER COORDINATOR_PORT [NAME=VALUE...]}
 * </ul>
 *
 * The folders of one cluster have the same parent.
 */
public final class Server {
  private Server() {}

  public static void main(String[] args) {
    System.setProperty(
        "log4j.configuration", Server.class.getResource("broker-log4j.properties").toString());
    ServerProcess.run(() -> start(List.of(args)));
  }

  private static ServerProcess.Console start(List<String> arguments) throws Exception {
    BrokerStarter starter = ServiceLoader.load(BrokerStarter.class).findFirst().orElseThrow();
    if (arguments.get(0).equals("coordinator")) {
      int port = Integer.parseInt(arguments.get(1));
      File folder = new File(arguments.get(2));
      if (starter.needsZooKeeper()) {
        ZooKeeper.start(port, folder);
      } else {
        Properties config = KRaft.controller(port, folder);
        add(arguments.subList(3, arguments.size()), config);
        starter.start(config);
      }
      return command -> {
        throw new IllegalArgumentException(command);
      };
    }
    File folder = new File(arguments.get(3));
    Properties config = config(starter, arguments);
    return new BrokerConsole(starter.start(config), folder);
  }

  private static Properties config(BrokerStarter starter, List<String> arguments) throws Exception {
    int id = Integer.parseInt(arguments.get(1));
    File folder = new File(arguments.get(3));
    int coordinatorPort = Integer.parseInt(arguments.get(4));
    Properties config = new Properties();
    config.setProperty("listeners", "PLAINTEXT://127.0.0.1:" + arguments.get(2));
    config.setProperty("log.dirs", folder.toString());
    config.setProperty("offsets.topic.num.partitions", "1");
    config.setProperty("offsets.topic.replication.factor", "1");
    config.setProperty("transaction.state.log.num.partitions", "1");
    config.setProperty("transaction.state.log.replication.factor", "1");
    config.setProperty("transaction.state.log.min.isr", "1");
    config.setProperty("group.initial.rebalance.delay.ms", "0");
    config.setProperty("delete.topic.enable", "true");
    config.setProperty("message.max.bytes", "20000000");
    config.setProperty("replica.fetch.max.bytes", "20000000");
    config.setProperty("replica.socket.timeout.ms", "3000");
    // Soon and small: tests wait for compaction and retention.
    config.setProperty("log.cleaner.enable", "true");
    config.setProperty("log.cleaner.backoff.ms", "50");
    config.setProperty("log.cleaner.dedupe.buffer.size", "4000000");
    config.setProperty("log.initial.task.delay.ms", "0");
    if (starter.needsZooKeeper()) {
      config.setProperty("broker.id", String.valueOf(id));
      ZooKeeper.addTo(config, coordinatorPort);
      ZooKeeper.forgetEarlierLife(id, coordinatorPort);
    } else {
      KRaft.addTo(config, id, coordinatorPort, folder);
    }
    add(arguments.subList(5, arguments.size()), config);
    return config;
  }

  private static void add(List<String> settings, Properties config) {
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      String name = setting.substring(0, equals);
      String value = setting.substring(equals + 1);
      // The testkit's tools need the one that is there already.
      config.setProperty(
          name, name.equals("listeners") ? config.getProperty(name) + "," + value : value);
    }
  }
}
