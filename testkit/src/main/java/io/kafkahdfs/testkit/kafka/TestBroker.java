package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.testkit.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One broker of a {@link TestKafka}. It keeps its port and its data when it is started again. */
public final class TestBroker {
  private static final int HEAP_MEGABYTES = 512;

  private final KafkaVersion version;
  private final int id;
  private final int port;
  private final Path data;
  private final Path log;
  private final List<String> arguments;
  private ServerJvm jvm;

  TestBroker(
      KafkaVersion version, int id, Path folder, int coordinatorPort, Map<String, String> config)
      throws IOException {
    this.version = version;
    this.id = id;
    this.port = FreePorts.next();
    this.data = folder.resolve("broker-" + id);
    this.log = folder.resolve("broker-" + id + ".log");
    this.arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "broker",
            String.valueOf(id),
            String.valueOf(port),
            data.toString(),
            String.valueOf(coordinatorPort)));
    config.forEach((name, value) -> arguments.add(name + "=" + value));
  }

  public int id() {
    return id;
  }

  /** Where it listens, {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** The folder that holds a folder for each partition, such as {@code events-0}. */
  public Path data() {
    return data;
  }

  /** Its process, while it runs. */
  public long pid() {
    return jvm.pid();
  }

  /** Starts it, and waits until it serves. */
  public void start() throws IOException {
    jvm = ServerJvm.start(version, HEAP_MEGABYTES, log, arguments);
  }

  /** Lets it shut down in order: it hands over its partitions and closes its files. */
  public void stop() {
    jvm.stop();
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() {
    jvm.kill();
  }

  /** Makes it hang, until {@link #resume} or the end of the tests. */
  public void suspend() throws IOException {
    jvm.suspend();
  }

  /** Lets it go on. */
  public void resume() throws IOException {
    jvm.resume();
  }

  String ask(String command) throws IOException {
    return jvm.ask(command);
  }
}
