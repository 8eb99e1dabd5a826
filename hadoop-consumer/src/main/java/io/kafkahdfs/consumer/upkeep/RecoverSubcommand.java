package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.RecoverStep;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.failure.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Clears up after dead runs, as each run does when it begins. */
public final class RecoverSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "recover",
        "Puts the files of committed runs into their places and removes what dead runs left, as"
            + " each run does when it begins.",
        List.of("kafka-to-hdfs recover --output PATH [--wait TIME] [--json]"),
        List.of(LoadSettings.OUTPUT, LoadSettings.WAIT, StateSettings.JSON),
        Set.of());
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    GivenSettings.require(settings, List.of(LoadSettings.OUTPUT));
    RecoverStep.Recovered recovered = LockedLoad.with(invocation, LockedLoad::recovered);
    invocation.console().answer(settings.get(StateSettings.JSON), recovered, () -> text(recovered));
    return ExitCode.DONE;
  }

  private static String text(RecoverStep.Recovered recovered) {
    if (recovered.published().isEmpty() && recovered.removed().isEmpty()) {
      return "There was nothing to recover.\n";
    }
    StringBuilder text = new StringBuilder();
    if (!recovered.published().isEmpty()) {
      text.append("Published commits ").append(recovered.published()).append('\n');
    }
    if (!recovered.removed().isEmpty()) {
      text.append("Removed what these runs left: ").append(recovered.removed()).append('\n');
    }
    return text.toString();
  }
}
