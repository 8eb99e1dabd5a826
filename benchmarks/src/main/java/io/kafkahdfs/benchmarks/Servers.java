package io.kafkahdfs.benchmarks;

import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** A Kafka 0.9 broker and an HDFS, in JVMs of their own. All is gone when the JVM ends. */
final class Servers {
  private final Path folder;
  private final TestKafka kafka;
  private final String root;
  private final FileSystem files;
  private int outputs;

  private Servers(Path folder, TestKafka kafka, String root, FileSystem files) {
    this.folder = folder;
    this.kafka = kafka;
    this.root = root;
    this.files = files;
  }

  /**
   * Starts them. Their data is in the folder that {@code java.io.tmpdir} names.
   *
   * @param log gets what they say
   */
  static Servers start(Path log) throws IOException {
    Path folder = Files.createTempDirectory("kafka-hdfs-benchmark-");
    TestKafka kafka = TestKafka.start(KafkaVersion.V0_9);
    Process hdfs =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                // Its files go with the folder, however it ends.
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                HdfsServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    String root = address(hdfs);
    Configuration configuration = new Configuration(false);
    configuration.set("fs.defaultFS", root);
    configuration.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    configuration.set("dfs.replication", "1");
    try (OutputStream out = Files.newOutputStream(folder.resolve("core-site.xml"))) {
      configuration.writeXml(out);
    }
    FileSystem files = FileSystem.get(URI.create(root), new Configuration());
    Servers servers = new Servers(folder, kafka, root, files);
    Runtime.getRuntime().addShutdownHook(new Thread(servers::end));
    return servers;
  }

  private static String address(Process hdfs) throws IOException {
    BufferedReader answers = hdfs.inputReader(StandardCharsets.UTF_8);
    hdfs.outputWriter(StandardCharsets.UTF_8).append("where\n").flush();
    answers.readLine();
    String address = answers.readLine();
    if (address == null) {
      throw new IOException("HDFS did not start");
    }
    return address;
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
    return root + "/output-" + outputs;
  }

  void remove(String output) throws IOException {
    if (!files.delete(new org.apache.hadoop.fs.Path(output), true)) {
      throw new IOException("Could not remove " + output);
    }
  }

  private void end() {
    List<ProcessHandle> started = ProcessHandle.current().descendants().toList();
    started.forEach(ProcessHandle::destroyForcibly);
    started.forEach(process -> process.onExit().join());
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
