package io.kafkahdfs.testkit.hadoop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * HDFS with one DataNode in the test's own JVM, on free ports and in a temporary folder that is
 * removed when it is closed. Up in some seconds.
 */
public final class TestHdfs implements AutoCloseable {
  private final java.nio.file.Path base;
  private final MiniDFSCluster cluster;
  private final Configuration configuration;
  private final AtomicInteger folders = new AtomicInteger();

  private TestHdfs(java.nio.file.Path base, MiniDFSCluster cluster, Configuration configuration) {
    this.base = base;
    this.cluster = cluster;
    this.configuration = configuration;
  }

  /** Starts it, and returns when files can be written. */
  public static TestHdfs start() {
    return start(Map.of());
  }

  /**
   * The same, with settings of the NameNode's.
   *
   * @param settings by key
   */
  public static TestHdfs start(Map<String, String> settings) {
    try {
      java.nio.file.Path base = Files.createTempDirectory("kafka-hdfs-dfs");
      Configuration configuration = new Configuration();
      configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, base.toString());
      configuration.setInt("dfs.replication", 1);
      configuration.setInt("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", 10);
      // Small, so that every longer listing goes over several pages.
      configuration.setInt("dfs.ls.limit", 10);
      Configuration server = new Configuration(configuration);
      settings.forEach(server::set);
      MiniDFSCluster cluster = new MiniDFSCluster.Builder(server).numDataNodes(1).build();
      cluster.waitActive();
      configuration.set("fs.defaultFS", cluster.getURI().toString());
      return new TestHdfs(base, cluster, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code hdfs://host:port}. */
  public URI uri() {
    return cluster.getURI();
  }

  /** What a client of this HDFS needs, it as the default file system; a copy. */
  public Configuration configuration() {
    return new Configuration(configuration);
  }

  /** The root folder, with scheme and port. */
  public Path root() {
    return new Path(uri().toString() + "/");
  }

  /** Makes a new, empty folder. */
  public Path newFolder() {
    Path folder = new Path(root(), "test-" + folders.incrementAndGet());
    try {
      cluster.getFileSystem().mkdirs(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  /**
   * Lets it run until this JVM ends, and removes its files then. Its servers need no shutting down,
   * which would take half a minute beside Hadoop's own shutdown hooks.
   */
  public void deleteAtExit() {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(base)));
  }

  @Override
  public void close() {
    cluster.shutdown();
    Folders.delete(base);
  }
}
