package io.kafkahdfs.consumer.job;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Shows what a run would do now, and changes nothing. */
final class PlanSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "plan",
        "Shows what a run would do now. Nothing is written.",
        List.of(
            "kafka-to-hdfs plan --bootstrap-server HOST:PORT --topic TOPIC --output PATH [--json]",
            "                   [OPTION...]"),
        Stream.concat(
                Stream.of(StateSettings.JSON),
                LoadSettings.ALL.stream().filter(setting -> setting != LoadSettings.DRY_RUN))
            .toList(),
        Set.of(LoadSettings.TOPICS));
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException {
    Settings settings = invocation.settings();
    LoadSubcommand.check(settings, invocation.configuration());
    LoadOutput output = OutputSetting.of(settings, invocation.configuration());
    RunPlan plan = RunPlanner.of(invocation, output, RunOrigin.now()).plan();
    invocation.console().answer(settings.get(StateSettings.JSON), plan, () -> PlanTable.of(plan));
    return ExitCode.DONE;
  }
}
