package io.kafkahdfs.consumer.job;

import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.LocalFile;
import io.kafkahdfs.command.MetricsFile;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.config.BadSettings;
import io.kafkahdfs.consumer.config.FileSettings;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.PlanSettings;
import io.kafkahdfs.consumer.config.TableSettings;
import io.kafkahdfs.consumer.config.TopicSelection;
import io.kafkahdfs.consumer.config.ValueSettings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.table.TableStep;
import io.kafkahdfs.consumer.table.TableTargets;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.run.UserClass;
import io.kafkahdfs.state.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Lands what is new. */
final class LoadSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "load",
        "Lands Kafka topics in HDFS, exactly once: what an earlier run has landed is not read"
            + " again.",
        List.of(
            "kafka-to-hdfs [load] [-D KEY=VALUE] [-conf FILE] [-libjars JARS]",
            "              --bootstrap-server HOST:PORT --topic TOPIC --output PATH [OPTION...]"),
        LoadSettings.ALL,
        Set.of(LoadSettings.TOPICS));
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException, InterruptedException {
    return MetricsFile.around(
        MetricsFile.of(invocation.settings(), LoadSettings.METRICS, "kafka_to_hdfs"),
        figures -> load(invocation, figures));
  }

  private static ExitCode load(Invocation invocation, MetricsFile.Figures figures)
      throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    check(settings, invocation.configuration());
    Optional<LocalFile> file = LocalFile.of(settings, LoadSettings.SUMMARY, "summary");
    FileSettings.prepare(settings, invocation.configuration());
    LoadOutput output = OutputSetting.of(settings, invocation.configuration());
    ValueSettings.keep(invocation);
    RunOrigin origin = RunOrigin.now();
    if (settings.get(LoadSettings.DRY_RUN)) {
      invocation.console().print(PlanTable.of(RunPlanner.of(invocation, output, origin).plan()));
      return ExitCode.DONE;
    }
    Summary summary;
    Optional<TableStep> table = TableTargets.open(settings, invocation.configuration(), output);
    try {
      summary =
          new LoadJob(invocation, output, origin, new NewRecords(settings, origin), table).run();
    } finally {
      if (table.isPresent()) {
        table.get().close();
      }
    }
    new RunFigures(summary).tell(figures);
    invocation.console().print(summary.text());
    if (file.isPresent()) {
      file.get().write(Json.writeLine(summary) + "\n");
    }
    if (summary.tableBehind() != null) {
      invocation.console().error(summary.tableBehind());
      return ExitCode.TABLE_BEHIND;
    }
    return ExitCode.DONE;
  }

  /** What no single setting's check can tell. */
  static void check(Settings settings, Configuration configuration) throws InvalidSettingException {
    GivenSettings.require(settings, List.of(LoadSettings.BOOTSTRAP_SERVERS, LoadSettings.OUTPUT));
    TopicSelection.of(settings);
    PlanSettings.of(settings);
    FileSettings.template(settings);
    ValueSettings.check(settings);
    TableSettings.check(settings);
    if (settings.isGiven(LoadSettings.MAPPER)) {
      UserClass.mapper(LoadSettings.MAPPER, settings, configuration);
    }
    BadSettings.check(settings);
    KafkaConnection.readSettings(settings);
    try {
      settings
          .find(FileSettings.CODEC)
          .ifPresent(codec -> settings.get(FileSettings.FORMAT).check(codec));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(e.getMessage() + " (--format, --codec).");
    }
  }
}
