package io.kafkahdfs.testkit.registry;

import io.kafkahdfs.testkit.process.ChildMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real schema registry, Apicurio's, in a JVM of its own on a free port of the loopback address.
 * It keeps its schemas in memory, and ends with the tests, however those end.
 */
public final class TestRegistry {
  private static final int PATIENCE_SECONDS = 120;
  private static final int HEAP_MEGABYTES = 256;
  private static final String MAIN_CLASS = "io.quarkus.runner.GeneratedMain";
  private static final String JAR = "/servers/schema-registry.jar.path";

  /** Where it speaks as Confluent's does. */
  private static final String PATH = "/apis/ccompat/v7";

  private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[^\\s]+)");

  private static TestRegistry shared;

  private final List<String> output = new ArrayList<>();
  private final CompletableFuture<String> url = new CompletableFuture<>();

  private TestRegistry() {}

  /**
   * The one of this JVM, started when it is first asked for. Tests share its subjects and ids: they
   * name subjects of their own.
   */
  public static synchronized TestRegistry shared() throws IOException {
    if (shared == null) {
      TestRegistry registry = new TestRegistry();
      registry.start();
      shared = registry;
    }
    return shared;
  }

  /** What {@code --schema-registry} takes. */
  public String url() {
    return url.join() + PATH;
  }

  private void start() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + HEAP_MEGABYTES + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            ChildMain.location() + File.pathSeparator + jar(),
            ChildMain.class.getName(),
            MAIN_CLASS);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.startsWith("QUARKUS_"));
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Thread reader = new Thread(() -> read(process), "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
    try {
      url.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
      throw new IOException("The schema registry did not start: " + said(), e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void read(Process process) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        note(line);
      }
    } catch (IOException e) {
      // The process is gone, as below.
    }
    url.completeExceptionally(new IOException("the process has ended"));
  }

  private void note(String line) {
    if (!url.isDone()) {
      synchronized (output) {
        output.add(line);
      }
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        url.complete(matcher.group(1));
      }
    }
  }

  private String said() {
    synchronized (output) {
      return String.join("\n", output);
    }
  }

  private static Path jar() {
    try (InputStream in = TestRegistry.class.getResourceAsStream(JAR)) {
      Path jar = Path.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
      if (!Files.exists(jar)) {
        throw new IllegalStateException(
            jar + " is missing: build testkit/base first (mvn -am does)");
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
