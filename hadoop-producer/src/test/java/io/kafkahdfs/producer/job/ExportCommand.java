package io.kafkahdfs.producer.job;

import io.kafkahdfs.command.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Runs the command in the test's JVM, with Hadoop's local job runner, and tells what it said. */
final class ExportCommand {
  private final Configuration configuration;
  private final List<String> common;

  /**
   * @param common arguments of every run
   */
  ExportCommand(Configuration configuration, String... common) {
    this.configuration = configuration;
    this.common = List.of(common);
  }

  record Result(int exitCode, String out, String err) {}

  /** Runs it with some more arguments, which come first so that they can be Hadoop's. */
  Result run(String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(common);
    int exitCode =
        Main.run(
            all.toArray(String[]::new),
            new Configuration(configuration),
            new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false));
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
