package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real Kafka on this machine: brokers, each in a JVM of its own, on free ports of the loopback
 * address and with their data in a temporary folder. They end with the tests, however those end.
 */
public final class TestKafka implements AutoCloseable {
  private static final int COORDINATOR_HEAP_MEGABYTES = 128;

  /** What brokers and their controller must agree on, where there is no ZooKeeper. */
  private static final Set<String> SHARED = Set.of("authorizer.class.name", "super.users");

  private final Path folder;
  private final List<TestBroker> brokers = new ArrayList<>();
  private ServerJvm coordinator;
  private KafkaTools tools;

  private TestKafka(Path folder) {
    this.folder = folder;
  }

  /** Starts one broker. */
  public static TestKafka start(KafkaVersion version) throws IOException {
    return start(version, 1, Map.of());
  }

  /**
   * Starts some brokers, with ids from 0 on.
   *
   * @param config what their configuration shall hold beside the testkit's, by Kafka's names;
   *     {@code listeners} are more than the one that the testkit uses
   */
  public static TestKafka start(KafkaVersion version, int brokers, Map<String, String> config)
      throws IOException {
    TestKafka kafka = new TestKafka(Files.createTempDirectory("test-kafka-"));
    try {
      kafka.startAll(version, brokers, config);
      return kafka;
    } catch (IOException | RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  private void startAll(KafkaVersion version, int count, Map<String, String> config)
      throws IOException {
    int port = FreePorts.next();
    coordinator =
        ServerJvm.start(
            version,
            COORDINATOR_HEAP_MEGABYTES,
            folder.resolve("coordinator.log"),
            coordinatorArguments(port, config));
    for (int id = 0; id < count; id++) {
      TestBroker broker = new TestBroker(version, id, folder, port, config);
      broker.start();
      brokers.add(broker);
    }
    tools =
        version
            .toolsProvider()
            .tools(
                version.number(),
                bootstrapServers(),
                "127.0.0.1:" + port,
                (broker, command) -> broker(broker).ask(command));
  }

  private List<String> coordinatorArguments(int port, Map<String, String> config) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("coordinator", String.valueOf(port), folder.resolve("coordinator").toString()));
    config.forEach(
        (name, value) -> {
          if (SHARED.contains(name)) {
            arguments.add(name + "=" + value);
          }
        });
    return arguments;
  }

  /** {@code host:port} of each broker, separated by commas. */
  public String bootstrapServers() {
    return brokers.stream().map(TestBroker::address).collect(Collectors.joining(","));
  }

  /** What tests do to it. */
  public KafkaTools tools() {
    return tools;
  }

  public TestBroker broker(int id) {
    return brokers.get(id);
  }

  /** Ends all processes at once and removes their data. */
  @Override
  public void close() {
    if (tools != null) {
      tools.close();
    }
    brokers.forEach(TestBroker::kill);
    if (coordinator != null) {
      coordinator.kill();
    }
    delete(folder);
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
