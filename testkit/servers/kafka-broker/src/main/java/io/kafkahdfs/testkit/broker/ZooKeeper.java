package io.kafkahdfs.testkit.broker;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** The ZooKeeper of a cluster: run, used by brokers, and swept. */
final class ZooKeeper {
  private static final int TICK_MS = 500;
  private static final int SESSION_MS = 30_000;

  private ZooKeeper() {}

  static void start(int port, File folder) throws IOException, InterruptedException {
    ZooKeeperServer server = new ZooKeeperServer(folder, folder, TICK_MS);
    NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
    connections.configure(new InetSocketAddress("127.0.0.1", port), 100);
    connections.startup(server);
  }

  static void addTo(Properties config, int port) {
    config.setProperty("zookeeper.connect", "127.0.0.1:" + port);
    // Short, so that a broker that died or hangs loses its partitions soon.
    config.setProperty("zookeeper.session.timeout.ms", "3000");
    config.setProperty("controller.socket.timeout.ms", "3000");
    config.setProperty("replica.socket.timeout.ms", "3000");
    config.setProperty("zookeeper.connection.timeout.ms", "30000");
  }

  /**
   * Removes what a killed broker of this id left in ZooKeeper until its session would have expired:
   * with it, this one could not register, or would wait to be the controller.
   */
  static void forgetEarlierLife(int id, int port)
      throws IOException, InterruptedException, KeeperException {
    CountDownLatch connected = new CountDownLatch(1);
    org.apache.zookeeper.ZooKeeper client =
        new org.apache.zookeeper.ZooKeeper(
            "127.0.0.1:" + port,
            SESSION_MS,
            event -> {
              if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    try {
      if (!connected.await(SESSION_MS, TimeUnit.MILLISECONDS)) {
        throw new IOException("No ZooKeeper at port " + port);
      }
      delete(client, "/brokers/ids/" + id);
      if (isController(id, client)) {
        delete(client, "/controller");
      }
    } finally {
      client.close();
    }
  }

  private static boolean isController(int id, org.apache.zookeeper.ZooKeeper client)
      throws InterruptedException, KeeperException {
    try {
      String controller =
          new String(client.getData("/controller", false, null), StandardCharsets.UTF_8);
      return controller.contains("\"brokerid\":" + id + ",");
    } catch (KeeperException.NoNodeException e) {
      // The session may expire at any moment.
      return false;
    }
  }

  private static void delete(org.apache.zookeeper.ZooKeeper client, String path)
      throws InterruptedException, KeeperException {
    try {
      client.delete(path, -1);
    } catch (KeeperException.NoNodeException e) {
      // So much the better.
    }
  }
}
