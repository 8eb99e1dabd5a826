package io.kafkahdfs.consumer.job;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Program;
import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.upkeep.CatSubcommand;
import io.kafkahdfs.consumer.upkeep.CompactSubcommand;
import io.kafkahdfs.consumer.upkeep.ForgetSubcommand;
import io.kafkahdfs.consumer.upkeep.HistorySubcommand;
import io.kafkahdfs.consumer.upkeep.PurgeSubcommand;
import io.kafkahdfs.consumer.upkeep.RecoverSubcommand;
import io.kafkahdfs.consumer.upkeep.ReportSubcommand;
import io.kafkahdfs.consumer.upkeep.RollbackSubcommand;
import io.kafkahdfs.consumer.upkeep.SetOffsetsSubcommand;
import io.kafkahdfs.consumer.upkeep.StatusSubcommand;
import io.kafkahdfs.consumer.upkeep.VerifySubcommand;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** {@code hadoop jar kafka-to-hdfs.jar}. */
public final class Main {
  private static final List<Setting<?>> SETTINGS =
      Stream.concat(LoadSettings.ALL.stream(), StateSettings.ALL.stream()).toList();

  private static final Program PROGRAM =
      new Program(
          "kafka-to-hdfs",
          List.of(
              new LoadSubcommand(),
              new PlanSubcommand(),
              new StatusSubcommand(),
              new HistorySubcommand(),
              new VerifySubcommand(),
              new CatSubcommand(),
              new RollbackSubcommand(),
              new ForgetSubcommand(),
              new PurgeSubcommand(),
              new CompactSubcommand(),
              new ReplaySubcommand(),
              new RepairSubcommand(),
              new SetOffsetsSubcommand(),
              new RecoverSubcommand(),
              new ReportSubcommand()),
          new GivenSettings(
              SETTINGS,
              LoadSettings.PREFIX,
              CommonSettings.CLIENT_PREFIX,
              LoadSettings.COMMAND_CONFIG),
          "This run has committed nothing; run it again when it works.");

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Console console = new Console(System.out, System.err, System.console() != null);
    System.exit(run(arguments, new Configuration(), console));
  }

  /** Runs the command in this process, and returns its exit code. */
  public static int run(String[] arguments, Configuration configuration, Console console)
      throws Exception {
    return PROGRAM.run(arguments, configuration, console);
  }
}
