package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.RecoverStep;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.LoadLock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Clears up after dead runs, as each run does when it begins. */
public final class RecoverSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "recover",
        "Puts the files of committed runs into their places and removes what dead runs left, as"
            + " each run does when it begins.",
        List.of("kafka-to-hdfs recover --output PATH [--wait TIME] [--dry-run] [--json]"),
        List.of(LoadSettings.OUTPUT, LoadSettings.WAIT, LoadSettings.DRY_RUN, StateSettings.JSON),
        Set.of());
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    GivenSettings.require(settings, List.of(LoadSettings.OUTPUT));
    boolean dry = settings.get(LoadSettings.DRY_RUN);
    RecoverStep.Recovered recovered =
        dry ? look(invocation) : LockedLoad.with(invocation, LockedLoad::recovered);
    invocation
        .console()
        .answer(settings.get(StateSettings.JSON), recovered, () -> text(recovered, dry));
    return ExitCode.DONE;
  }

  /**
   * @throws LoaderException if a run is alive: what it has not published is not left behind
   */
  private static RecoverStep.Recovered look(Invocation invocation) throws IOException {
    LoadOutput output = OutputSetting.existing(invocation.settings(), invocation.configuration());
    Optional<LoadLock.Holder> holder =
        LoadLock.look(output.store(), output.state().path(), RunOrigin.hostName());
    if (holder.filter(LoadLock.Holder::alive).isPresent()) {
      throw new LoaderException(
          ExitCode.BUSY,
          "The run "
              + holder.get().owner().run()
              + " is at work on "
              + output.state().root()
              + ": what it leaves cannot be told before it ends.");
    }
    return new RecoverStep(output.store(), output.state()).look();
  }

  private static String text(RecoverStep.Recovered recovered, boolean dry) {
    if (recovered.published().isEmpty() && recovered.removed().isEmpty()) {
      return dry ? "There is nothing to recover.\n" : "There was nothing to recover.\n";
    }
    StringBuilder text = new StringBuilder();
    if (!recovered.published().isEmpty()) {
      text.append(dry ? "Would publish commits " : "Published commits ");
      text.append(recovered.published()).append('\n');
    }
    if (!recovered.removed().isEmpty()) {
      text.append(dry ? "Would remove what these runs left: " : "Removed what these runs left: ");
      text.append(recovered.removed()).append('\n');
    }
    return text.toString();
  }
}
