package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.consumer.commit.ChangeStep;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.format.spi.Quarantine;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** Empties the trash. */
public final class PurgeSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "purge",
        "Removes for good what rollbacks and forget put into the trash, as a commit that says so.",
        List.of(
            "kafka-to-hdfs purge --output PATH [--older-than 7d] [--why TEXT] [--dry-run]",
            "              [--json]"),
        List.of(
            LoadSettings.OUTPUT,
            StateSettings.OLDER_THAN,
            StateSettings.WHY,
            LoadSettings.WAIT,
            LoadSettings.DRY_RUN,
            StateSettings.JSON),
        Set.of());
  }

  /**
   * What was done, for programs and people.
   *
   * @param commit by which; null if there was nothing, or it was only looked
   * @param folders of the trash, by name
   * @param files in them
   * @param bytes of these files
   * @param quarantined how many of these files have bad records
   */
  record Outcome(
      Long commit, boolean dryRun, List<String> folders, long files, long bytes, long quarantined) {
    static Outcome of(LoadOutput output, Long commit, boolean dryRun, List<String> folders)
        throws IOException {
      FolderContent all = FolderContent.NOTHING;
      FolderContent bad = FolderContent.NOTHING;
      for (String folder : folders) {
        Path path = new Path(output.state().trash(), folder);
        all = all.plus(FolderContent.of(output.store(), path));
        bad = bad.plus(FolderContent.of(output.store(), new Path(path, Quarantine.FOLDER)));
      }
      return new Outcome(commit, dryRun, folders, all.files(), all.bytes(), bad.files());
    }

    String text() {
      if (folders.isEmpty()) {
        return "Nothing to purge.\n";
      }
      return "%s %s files, %s%s%s.%n"
          .formatted(
              dryRun ? "Would remove" : "Removed",
              Amounts.count(files),
              Amounts.bytes(bytes),
              quarantined == 0
                  ? ""
                  : ", %s of them with bad records of which Kafka may have no copy"
                      .formatted(Amounts.count(quarantined)),
              commit == null ? "" : ", by commit " + commit);
    }
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    GivenSettings.require(settings, List.of(LoadSettings.OUTPUT));
    Instant before =
        settings.find(StateSettings.OLDER_THAN).map(Instant.now()::minus).orElse(Instant.MAX);
    Outcome outcome;
    if (settings.get(LoadSettings.DRY_RUN)) {
      LoadOutput output = OutputSetting.existing(settings, invocation.configuration());
      ChangeStep step = new ChangeStep(output.store(), output.state(), RunOrigin.now().owner());
      outcome = Outcome.of(output, null, true, step.purgeable(before));
    } else {
      outcome = LockedLoad.with(invocation, load -> purge(load, before, settings));
    }
    invocation.console().answer(settings.get(StateSettings.JSON), outcome, outcome::text);
    return ExitCode.DONE;
  }

  private static Outcome purge(LockedLoad load, Instant before, Settings settings)
      throws IOException {
    ChangeStep step = new ChangeStep(load.output().store(), load.output().state(), load.owner());
    // Looked at first: afterwards it is gone.
    Outcome there = Outcome.of(load.output(), null, false, step.purgeable(before));
    Optional<Commit> commit =
        step.purge(there.folders(), settings.find(StateSettings.WHY).orElse(null));
    return new Outcome(
        commit.map(Commit::number).orElse(null),
        false,
        there.folders(),
        there.files(),
        there.bytes(),
        there.quarantined());
  }
}
