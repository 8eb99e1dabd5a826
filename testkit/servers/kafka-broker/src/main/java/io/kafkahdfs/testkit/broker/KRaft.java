package io.kafkahdfs.testkit.broker;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;
import java.util.UUID;

/** Clusters without ZooKeeper: one controller, in a JVM of its own as ZooKeeper is, and brokers. */
final class KRaft {
  private static final int CONTROLLER_ID = 1000;

  private KRaft() {}

  /** The configuration of the controller; its folder is formatted. */
  static Properties controller(int port, File folder) throws Exception {
    Properties config = new Properties();
    config.setProperty("process.roles", "controller");
    config.setProperty("node.id", String.valueOf(CONTROLLER_ID));
    config.setProperty("listeners", "CONTROLLER://127.0.0.1:" + port);
    config.setProperty("log.dirs", folder.toString());
    addQuorum(config, port);
    config.setProperty("broker.session.timeout.ms", "3000");
    config.setProperty("offsets.topic.replication.factor", "1");
    config.setProperty("transaction.state.log.replication.factor", "1");
    config.setProperty("transaction.state.log.min.isr", "1");
    format(config, folder);
    return config;
  }

  /** Makes a configuration that of a broker; its folder is formatted. */
  static void addTo(Properties config, int id, int controllerPort, File folder) throws Exception {
    config.setProperty("process.roles", "broker");
    config.setProperty("node.id", String.valueOf(id));
    addQuorum(config, controllerPort);
    // Short, so that a broker that died or hangs loses its partitions soon.
    config.setProperty("broker.session.timeout.ms", "3000");
    config.setProperty("broker.heartbeat.interval.ms", "500");
    // There is no way to start it by hand.
    config.setProperty("log.retention.check.interval.ms", "100");
    format(config, folder);
  }

  private static void addQuorum(Properties config, int controllerPort) {
    config.setProperty("controller.quorum.voters", CONTROLLER_ID + "@127.0.0.1:" + controllerPort);
    config.setProperty("controller.listener.names", "CONTROLLER");
    config.setProperty(
        "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
  }

  private static void format(Properties config, File folder) throws Exception {
    if (new File(folder, "meta.properties").exists()) {
      return;
    }
    Files.createDirectories(folder.toPath());
    Path file = folder.toPath().resolveSibling(folder.getName() + ".properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      config.store(out, null);
    }
    // In one word: an id can begin with a dash, and would be taken for an option.
    String id = "--cluster-id=" + clusterId(folder);
    String[] arguments = {"format", id, "-c", file.toString()};
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Object status =
        Class.forName("kafka.tools.StorageTool")
            .getMethod("execute", String[].class, PrintStream.class)
            .invoke(null, arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
    if (!status.equals(0)) {
      throw new IOException(said.toString(StandardCharsets.UTF_8));
    }
  }

  /** The same for all of a cluster, and another one for each cluster. */
  private static String clusterId(File folder) {
    UUID id = UUID.nameUUIDFromBytes(folder.getParent().getBytes(StandardCharsets.UTF_8));
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
