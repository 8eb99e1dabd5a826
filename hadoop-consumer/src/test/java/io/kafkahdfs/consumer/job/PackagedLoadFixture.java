package io.kafkahdfs.consumer.job;

import io.kafkahdfs.testkit.hadoop.CommandResult;
import io.kafkahdfs.testkit.hadoop.RunningCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.awaitility.Awaitility;

/**
 * Loads with the packaged jar, as {@code hadoop jar} runs it: on a Hadoop of daemons, in JVMs that
 * see nothing of the tests. {@link #load} still runs in the test's JVM, with the local job runner.
 */
abstract class PackagedLoadFixture extends LoadFixture {
  private static final java.nio.file.Path JAR = java.nio.file.Path.of("target/kafka-to-hdfs.jar");
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final AtomicInteger FOLDERS = new AtomicInteger();

  @Override
  Configuration configuration() {
    Configuration configuration = Servers.hadoop().configuration();
    configuration.set("mapreduce.framework.name", "local");
    return configuration;
  }

  @Override
  Path newFolder() {
    return new Path(Servers.hadoop().root(), "test-" + FOLDERS.incrementAndGet());
  }

  /** Loads the test's topic into the test's output, to the end. */
  CommandResult loadPackaged(String... more) {
    return await(startPackaged(more));
  }

  /**
   * Begins to load the test's topic into the test's output.
   *
   * @param more arguments, Hadoop's own among them
   */
  RunningCommand startPackaged(String... more) {
    List<String> arguments = new ArrayList<>(Arrays.asList(more));
    arguments.addAll(
        List.of(
            "--bootstrap-server",
            bootstrapServers(),
            "--topic",
            topic,
            "--output",
            root.toString()));
    return Servers.hadoop().startHadoopJar(JAR, arguments, Map.of());
  }

  /** Begins to merge the small files of the test's output. */
  RunningCommand startCompaction(String... more) {
    List<String> arguments = new ArrayList<>(List.of("compact", "--output", root.toString()));
    arguments.addAll(Arrays.asList(more));
    return Servers.hadoop().startHadoopJar(JAR, arguments, Map.of());
  }

  static CommandResult await(RunningCommand command) {
    return command.await(LIMIT);
  }

  /** Something to wait for. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /**
   * Waits until something holds, or the command has ended.
   *
   * @return whether it holds
   */
  static boolean awaitWhile(RunningCommand command, Condition condition) {
    return Awaitility.await("the moment, or the command's end")
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              boolean ended = !command.isAlive();
              boolean holds = condition.holds();
              return holds || ended ? Optional.of(holds) : Optional.<Boolean>empty();
            },
            Optional::isPresent)
        .orElseThrow();
  }
}
