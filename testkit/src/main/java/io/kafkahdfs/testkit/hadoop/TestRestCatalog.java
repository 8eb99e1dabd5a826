package io.kafkahdfs.testkit.hadoop;

import io.kafkahdfs.testkit.FreePorts;
import io.kafkahdfs.testkit.process.ChildMain;
import io.kafkahdfs.testkit.rest.RestCatalogServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Iceberg's REST catalog, in a JVM of its own on a free port of the loopback address. It is empty
 * at first, and it dies with the JVM of the test.
 */
public final class TestRestCatalog implements AutoCloseable {
  private final Path base;
  private final int port;
  private final String warehouse;
  private RunningCommand server;

  private TestRestCatalog(Path base, int port, String warehouse) {
    this.base = base;
    this.port = port;
    this.warehouse = warehouse;
  }

  /**
   * Starts it, and returns when it takes connections.
   *
   * @param warehouse where tables are
   */
  public static TestRestCatalog start(String warehouse) {
    try {
      Path base = Files.createTempDirectory("kafka-hdfs-rest");
      TestRestCatalog catalog = new TestRestCatalog(base, FreePorts.next(), warehouse);
      catalog.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(base)));
      return catalog;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the catalog's property {@code uri} takes. */
  public String uri() {
    return "http://127.0.0.1:" + port;
  }

  /**
   * The rows of a table, as the server itself reads them by the names of the columns: values
   * separated by slashes, sorted.
   */
  public List<String> rows(String table, String... columns) throws IOException {
    URI uri = URI.create(uri() + "/rows?table=" + table + "&columns=" + String.join(",", columns));
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(answer.body());
      }
      return answer.body().lines().toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** Starts it again, with what it knew, after it was {@link #stop stopped}. */
  public void start() throws IOException {
    List<Path> classPath = new ArrayList<>(ServerClassPath.of("iceberg-rest"));
    classPath.add(ChildMain.location(RestCatalogServer.class));
    server =
        new ListeningJvm("REST catalog", base, port, classPath, List.of())
            .start(
                RestCatalogServer.class.getName(),
                Integer.toString(port),
                base.resolve("catalog.db").toString(),
                warehouse);
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
