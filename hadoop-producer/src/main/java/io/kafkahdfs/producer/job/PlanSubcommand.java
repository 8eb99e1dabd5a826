package io.kafkahdfs.producer.job;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.producer.config.LookSettings;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Shows what an export would do now, and changes nothing. */
final class PlanSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "plan",
        "Shows what an export would do now. Nothing is sent or written.",
        List.of(
            "hdfs-to-kafka plan --bootstrap-server HOST:PORT --input PATH --topic TOPIC [--json]",
            "                   [OPTION...]"),
        Stream.concat(
                Stream.of(LookSettings.JSON),
                ExportSettings.ALL.stream().filter(setting -> setting != ExportSettings.DRY_RUN))
            .toList(),
        Set.of(InputSettings.INPUT));
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException {
    ExportSubcommand.check(invocation.settings(), invocation.configuration());
    new ExportJob(invocation, RunOrigin.now()).dryRun(invocation.settings().get(LookSettings.JSON));
    return ExitCode.DONE;
  }
}
