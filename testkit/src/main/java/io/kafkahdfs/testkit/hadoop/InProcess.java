package io.kafkahdfs.testkit.hadoop;

import io.kafkahdfs.command.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;

/** Runs a command in the JVM of the test. */
public final class InProcess {
  private InProcess() {}

  /** A command's main class. */
  @FunctionalInterface
  public interface Main {
    /** Gives the exit code. */
    int run(String[] arguments, Configuration configuration, Console console) throws Exception;
  }

  /** What it did, and what it said. */
  public record Result(int exitCode, String out, String err) {}

  /** Runs it to its end. */
  public static Result run(Main main, Configuration configuration, String... arguments)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        main.run(
            arguments,
            new Configuration(configuration),
            new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false));
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
