package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists a load's commits. */
public final class HistorySubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "history",
        "Lists a load's commits: when, how long, how much, and what was skipped or lost.",
        List.of("kafka-to-hdfs history --output PATH [--last COMMITS] [--json]"),
        List.of(LoadSettings.OUTPUT, StateSettings.LAST, StateSettings.JSON),
        Set.of());
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException {
    Settings settings = invocation.settings();
    GivenSettings.require(settings, List.of(LoadSettings.OUTPUT));
    LoadOutput output = OutputSetting.existing(settings, invocation.configuration());
    CommitStore commits = new CommitStore(output.store(), output.state());
    Optional<Integer> last = settings.find(StateSettings.LAST);
    List<HistoryEntry> latest =
        last.isPresent() ? HistoryEntry.of(commits.latest(last.get())) : HistoryEntry.of(commits);
    invocation
        .console()
        .answer(settings.get(StateSettings.JSON), latest, () -> HistoryEntry.table(latest));
    return ExitCode.DONE;
  }
}
