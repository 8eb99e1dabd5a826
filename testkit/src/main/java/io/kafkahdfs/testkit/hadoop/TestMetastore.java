package io.kafkahdfs.testkit.hadoop;

import io.kafkahdfs.testkit.FreePorts;
import io.kafkahdfs.testkit.process.ChildMain;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Hive's metastore with an embedded database, in a JVM of its own on a free port of the loopback
 * address. Its database is empty at first, and it dies with the JVM of the test.
 */
public final class TestMetastore implements AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(3);

  private final Path base;
  private final int port;
  private RunningCommand server;

  private TestMetastore(Path base, int port) {
    this.base = base;
    this.port = port;
  }

  /**
   * Starts it, and returns when it takes connections.
   *
   * @param hdfs where tables are; must be there as long as it is
   */
  public static TestMetastore start(URI hdfs) {
    try {
      Path base = Files.createTempDirectory("kafka-hdfs-metastore");
      TestMetastore metastore = new TestMetastore(base, FreePorts.next());
      metastore.configure(hdfs);
      metastore.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(base)));
      return metastore;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code hive.metastore.uris} takes. */
  public String uri() {
    return "thrift://127.0.0.1:" + port;
  }

  private void configure(URI hdfs) throws IOException {
    Configuration site = new Configuration(false);
    site.set("fs.defaultFS", hdfs.toString());
    site.set("metastore.warehouse.dir", hdfs + "/hive-warehouse");
    site.set("metastore.thrift.bind.host", "127.0.0.1");
    site.set(
        "javax.jdo.option.ConnectionURL",
        "jdbc:derby:;databaseName=" + base.resolve("database") + ";create=true");
    site.set("javax.jdo.option.ConnectionDriverName", "org.apache.derby.jdbc.EmbeddedDriver");
    site.set("datanucleus.schema.autoCreateAll", "true");
    site.set("metastore.schema.verification", "false");
    // Without it a table cannot be altered twice: its JDO way does not work with Derby.
    site.set("metastore.try.direct.sql", "true");
    site.set("metastore.event.db.notification.api.auth", "false");
    Path configuration = Files.createDirectories(base.resolve("conf"));
    for (String file : List.of("core-site.xml", "metastore-site.xml")) {
      try (OutputStream out = Files.newOutputStream(configuration.resolve(file))) {
        site.writeXml(out);
      }
    }
  }

  /** Starts it again, with what it knew, after it was {@link #stop stopped}. */
  public void start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + base,
                "-Dderby.stream.error.file=" + base.resolve("derby.log"),
                "-cp",
                classPath(),
                ChildMain.class.getName(),
                "org.apache.hadoop.hive.metastore.HiveMetaStore",
                "-p",
                Integer.toString(port)));
    Path stdout = base.resolve("server.out");
    Path stderr = base.resolve("server.err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(base.toFile())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("HADOOP_") || key.startsWith("HIVE_"));
    server = new RunningCommand("metastore", builder.start(), stdout, stderr);
    try {
      Awaitility.await("the metastore")
          .atMost(STARTING)
          .until(() -> listens() || !server.isAlive());
    } catch (ConditionTimeoutException e) {
      server.kill();
      throw new IOException("The metastore did not start:\n" + server.stderr(), e);
    }
    if (!server.isAlive()) {
      throw new IOException("The metastore died:\n" + server.stdout() + server.stderr());
    }
  }

  /** Ends it at once; what it knows stays. */
  public void stop() {
    server.kill();
  }

  private String classPath() throws IOException {
    List<Path> paths = new ArrayList<>(List.of(base.resolve("conf")));
    paths.addAll(ServerClassPath.of("hive-4.0"));
    paths.add(ChildMain.location());
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    stop();
    Folders.delete(base);
  }
}
