package io.kafkahdfs.producer.job;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Program;
import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.LookSettings;
import io.kafkahdfs.producer.upkeep.CatSubcommand;
import io.kafkahdfs.producer.upkeep.HistorySubcommand;
import io.kafkahdfs.producer.upkeep.StatusSubcommand;
import io.kafkahdfs.producer.upkeep.VerifySubcommand;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** {@code hadoop jar hdfs-to-kafka.jar}. */
public final class Main {
  private static final Program PROGRAM =
      new Program(
          "hdfs-to-kafka",
          List.of(
              new ExportSubcommand(),
              new PlanSubcommand(),
              new CatSubcommand(),
              new StatusSubcommand(),
              new HistorySubcommand(),
              new VerifySubcommand()),
          new GivenSettings(
              Stream.concat(ExportSettings.ALL.stream(), LookSettings.ALL.stream()).toList(),
              ExportSettings.PREFIX,
              CommonSettings.CLIENT_PREFIX,
              ExportSettings.COMMAND_CONFIG),
          "Run it again when it works: it resumes where it ended.");

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Console console = new Console(System.out, System.err, System.console() != null);
    System.exit(run(arguments, new Configuration(), console));
  }

  /** Runs the command in this process, and returns its exit code. */
  static int run(String[] arguments, Configuration configuration, Console console)
      throws Exception {
    return PROGRAM.run(arguments, configuration, console);
  }
}
