package io.kafkahdfs.examples;

import io.kafkahdfs.testkit.hadoop.HdfsProcess;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * A Kafka and an HDFS, and the configuration folder that commands on them need. All is gone when
 * this is closed, or when the JVM ends.
 */
final class Servers implements AutoCloseable {
  private final Path folder;
  private TestKafka kafka;
  private HdfsProcess hdfs;
  private boolean closed;

  private Servers(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts them.
   *
   * @param version which Kafka
   * @param log gets what they have to complain of
   */
  static Servers start(KafkaVersion version, Path log) throws IOException {
    Servers servers = new Servers(Files.createTempDirectory("kafka-hdfs-quickstart-"));
    Runtime.getRuntime().addShutdownHook(new Thread(servers::end, "end of the servers"));
    try {
      servers.kafka = TestKafka.start(version);
      servers.hdfs = HdfsProcess.start(log);
      servers.writeConfiguration();
      return servers;
    } catch (IOException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /** Where Kafka listens. */
  String bootstrapServer() {
    return kafka.bootstrapServers();
  }

  KafkaTools kafkaTools() {
    return kafka.tools();
  }

  /** {@code hdfs://host:port}. */
  URI hdfs() {
    return hdfs.uri();
  }

  FileSystem fileSystem() throws IOException {
    return FileSystem.get(hdfs.uri(), new Configuration());
  }

  /** What {@code HADOOP_CONF_DIR} is to name: another Hadoop of this machine is not meant. */
  Path configuration() {
    return folder.resolve("conf");
  }

  /** A folder for files that shall not outlive the servers. */
  Path folder() {
    return folder;
  }

  private void writeConfiguration() throws IOException {
    Configuration site = new Configuration(false);
    site.set("fs.defaultFS", hdfs.uri().toString());
    site.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    // There is one DataNode.
    site.set("dfs.replication", "1");
    Files.createDirectory(configuration());
    try (OutputStream out = Files.newOutputStream(configuration().resolve("core-site.xml"))) {
      site.writeXml(out);
    }
  }

  /** Also what this JVM has started beside the servers, such as a job, ends when it does. */
  private void end() {
    List<ProcessHandle> started = ProcessHandle.current().descendants().toList();
    started.forEach(ProcessHandle::destroyForcibly);
    // Who still runs could still write.
    started.forEach(process -> process.onExit().join());
    close();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (hdfs != null) {
      hdfs.close();
    }
    if (kafka != null) {
      kafka.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
