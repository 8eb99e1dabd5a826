package io.kafkahdfs.benchmarks;

import io.kafkahdfs.testkit.hadoop.HdfsProcess;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** A Kafka broker and an HDFS, in JVMs of their own. All is gone when they are closed. */
final class Servers implements AutoCloseable {
  private final KafkaVersion version;
  private final Path folder;
  private final TestKafka kafka;
  private final HdfsProcess hdfs;
  private final FileSystem files;
  private final Thread hook = new Thread(this::end);
  private int outputs;

  private Servers(
      KafkaVersion version, Path folder, TestKafka kafka, HdfsProcess hdfs, FileSystem files) {
    this.version = version;
    this.folder = folder;
    this.kafka = kafka;
    this.hdfs = hdfs;
    this.files = files;
  }

  /**
   * Starts them. Their data is in the folder that {@code java.io.tmpdir} names.
   *
   * @param version of the Kafka
   * @param log gets what they say
   */
  static Servers start(KafkaVersion version, Path log) throws IOException {
    Path folder = Files.createTempDirectory("kafka-hdfs-benchmark-");
    TestKafka kafka = TestKafka.start(version);
    HdfsProcess hdfs = HdfsProcess.start(log);
    String root = hdfs.uri().toString();
    Configuration configuration = new Configuration(false);
    configuration.set("fs.defaultFS", root);
    configuration.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    configuration.set("dfs.replication", "1");
    try (OutputStream out = Files.newOutputStream(folder.resolve("core-site.xml"))) {
      configuration.writeXml(out);
    }
    FileSystem files = FileSystem.get(hdfs.uri(), new Configuration());
    Servers servers = new Servers(version, folder, kafka, hdfs, files);
    Runtime.getRuntime().addShutdownHook(servers.hook);
    return servers;
  }

  KafkaVersion version() {
    return version;
  }

  /** {@code host:port}. */
  String broker() {
    return kafka.bootstrapServers();
  }

  KafkaTools kafkaTools() {
    return kafka.tools();
  }

  /** The folder of {@code core-site.xml}. */
  Path configuration() {
    return folder;
  }

  /** A folder for temporary files. */
  Path folder() {
    return folder;
  }

  /** A path in HDFS that is not in use. */
  String newOutput() {
    outputs++;
    return hdfs.uri() + "/output-" + outputs;
  }

  void remove(String output) throws IOException {
    if (!files.delete(new org.apache.hadoop.fs.Path(output), true)) {
      throw new IOException("Could not remove " + output);
    }
  }

  /** How much of the processors all servers have used so far. */
  double cpuSeconds() {
    return ProcessHandle.current()
        .descendants()
        .map(server -> server.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(used -> used.toNanos() / 1e9)
        .sum();
  }

  /** Writes a text file to HDFS. */
  void writeLines(String file, Iterable<TestRecord> records) throws IOException {
    try (OutputStream out = files.create(new org.apache.hadoop.fs.Path(file))) {
      for (TestRecord record : records) {
        out.write(record.value());
        out.write('\n');
      }
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    end();
  }

  private void end() {
    List<ProcessHandle> started = ProcessHandle.current().descendants().toList();
    started.forEach(ProcessHandle::destroyForcibly);
    started.forEach(process -> process.onExit().join());
    hdfs.close();
    kafka.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
