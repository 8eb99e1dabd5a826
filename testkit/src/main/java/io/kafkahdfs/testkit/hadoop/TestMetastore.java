package io.kafkahdfs.testkit.hadoop;

import io.kafkahdfs.testkit.FreePorts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Hive's metastore with an embedded database, in a JVM of its own on a free port of the loopback
 * address. Its database is empty at first, and it dies with the JVM of the test.
 */
public final class TestMetastore implements AutoCloseable {
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
    List<Path> classPath = new ArrayList<>(List.of(base.resolve("conf")));
    classPath.addAll(ServerClassPath.of("hive-4.0"));
    List<String> options =
        List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Dderby.stream.error.file=" + base.resolve("derby.log"));
    server =
        new ListeningJvm("metastore", base, port, classPath, options)
            .start("org.apache.hadoop.hive.metastore.HiveMetaStore", "-p", Integer.toString(port));
  }

  /** Ends it at once; what it knows stays. */
  public void stop() {
    server.kill();
  }

  @Override
  public void close() {
    stop();
    Folders.delete(base);
  }
}
