package io.kafkahdfs.consumer.job;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.HadoopOptions;
import io.kafkahdfs.failure.ExitCode;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ToolRunner;

/** {@code hadoop jar kafka-to-hdfs.jar}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Console console = new Console(System.out, System.err, System.console() != null);
    System.exit(run(arguments, new Configuration(), console));
  }

  /** Runs the command in this process, and returns its exit code. */
  public static int run(String[] arguments, Configuration configuration, Console console)
      throws Exception {
    try {
      return ToolRunner.run(configuration, new LoadTool(console), HadoopOptions.first(arguments));
    } catch (IOException e) {
      // The tool names its own failures: this one is of Hadoop's options.
      console.error(e.getMessage() + ". It is named by one of Hadoop's own options.");
      return ExitCode.WRONG_SETTING.code();
    }
  }
}
