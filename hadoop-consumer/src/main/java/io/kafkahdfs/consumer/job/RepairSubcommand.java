package io.kafkahdfs.consumer.job;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.RepairStep.Lost;
import io.kafkahdfs.consumer.config.FileSettings;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.config.ValueSettings;
import io.kafkahdfs.consumer.repair.DamageSurvey;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.table.KnownTable;
import io.kafkahdfs.consumer.upkeep.LockedLoad;
import io.kafkahdfs.consumer.write.FolderTemplate;
import io.kafkahdfs.consumer.write.TimeOf;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.format.print.RecordFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Loads files that are missing once more, into their places. */
final class RepairSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "repair",
        "Loads the records of files that are missing once more, while Kafka has them, and puts them"
            + " into the same folders, as a commit. Takes the load's own settings.",
        List.of(
            "kafka-to-hdfs repair --config FILE [--where \"folder.dt < 2026-01-31\"] [--why TEXT]",
            "              [--dry-run] [--json]"),
        Stream.concat(
                Stream.of(StateSettings.WHERE, StateSettings.WHY, StateSettings.JSON),
                LoadSettings.ALL.stream())
            .toList(),
        Set.of(LoadSettings.TOPICS));
  }

  /**
   * What was done, for programs and people.
   *
   * @param commit by which; null if nothing was to be repaired, or it was only looked
   * @param dryRun whether it was only looked
   * @param missing files that were missing and have come back
   * @param replaced files that were in place, and were loaded again with those
   * @param into files that hold the records of all of these now; null if it was only looked
   * @param offsets that were read again
   * @param elsewhere files that are gone, and whose records the load's table has: nothing to repair
   * @param leftAlone files that are missing and cannot be loaded again, each with the reason
   */
  record Outcome(
      Long commit,
      boolean dryRun,
      long missing,
      long replaced,
      Long into,
      long records,
      long offsets,
      long elsewhere,
      List<String> leftAlone) {
    static Outcome nothing(boolean dryRun, DamageSurvey.Found found, List<String> leftAlone) {
      return new Outcome(null, dryRun, 0, 0, null, 0, 0, found.elsewhere(), leftAlone);
    }

    static Outcome of(
        List<Lost> lost,
        long offsets,
        Optional<Commit> commit,
        long elsewhere,
        List<String> leftAlone) {
      return new Outcome(
          commit.map(Commit::number).orElse(null),
          commit.isEmpty(),
          lost.stream().filter(Lost::missing).count(),
          lost.stream().filter(file -> !file.missing()).count(),
          commit.map(made -> (long) made.files().size()).orElse(null),
          lost.stream().mapToLong(file -> file.held().file().records()).sum(),
          offsets,
          elsewhere,
          leftAlone);
    }

    String text() {
      String held =
          elsewhere == 0
              ? ""
              : "%s files are gone, and the table holds their records.%n"
                  .formatted(Amounts.count(elsewhere));
      if (missing == 0) {
        return held
            + (leftAlone.isEmpty()
                ? "Nothing to repair" + (elsewhere == 0 ? ": every file is in its place.\n" : ".\n")
                : "Nothing that is missing can be loaded again.\n");
      }
      return held
          + "%s %s missing files with %s records%s%s.%n"
              .formatted(
                  dryRun ? "Would load" : "Loaded",
                  Amounts.count(missing),
                  Amounts.count(records),
                  replaced == 0
                      ? ""
                      : ", those of " + Amounts.count(replaced) + " files between them included",
                  dryRun
                      ? ", by reading " + Amounts.count(offsets) + " offsets"
                      : " again, into " + Amounts.count(into) + " files, by commit " + commit);
    }
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    LoadSubcommand.check(settings, invocation.configuration());
    checkFolders(settings);
    RecordFilter where = RecordFilter.of(settings.find(StateSettings.WHERE));
    where.checkOnlyFolders();
    FileSettings.prepare(settings, invocation.configuration());
    ValueSettings.keep(invocation);
    DamageSurvey.Files files = file -> where.mayBeIn(file.path());
    LockedLoad.Done<Outcome> done;
    if (settings.get(LoadSettings.DRY_RUN)) {
      LoadOutput output = OutputSetting.existing(settings, invocation.configuration());
      try (KnownTable table = KnownTable.open(output, invocation.configuration())) {
        DamageSurvey survey = new DamageSurvey(output, files, table);
        done =
            LockedLoad.Done.of(new RepairJob(invocation, output, RunOrigin.now(), survey).look());
      }
    } else {
      done =
          LockedLoad.moving(
              invocation,
              load ->
                  new RepairJob(
                          invocation,
                          load.output(),
                          RunOrigin.of(load.owner()),
                          new DamageSurvey(load.output(), files, load.elsewhere()))
                      .run(reason(settings), settings.find(StateSettings.WHY).orElse(null)),
              made -> made.commit() != null);
    }
    Outcome outcome = done.outcome();
    outcome.leftAlone().forEach(file -> invocation.console().warn("Still missing: " + file));
    invocation.console().answer(settings.get(StateSettings.JSON), outcome, outcome::text);
    return outcome.leftAlone().isEmpty() ? done.exitCode() : ExitCode.FAILURE;
  }

  private static void checkFolders(Settings settings) throws InvalidSettingException {
    if (settings.get(FileSettings.TIME).equals(TimeOf.RUN)
        && FileSettings.template(settings).filter(FolderTemplate::hasTime).isPresent()) {
      throw new InvalidSettingException(
          "Folders tell when runs began (--time run), so none of them can be loaded again. Roll back"
              + " to before the first commit that misses files, and load again.");
    }
  }

  private static String reason(Settings settings) {
    List<String> given = new ArrayList<>();
    given.add("missing files");
    settings.find(StateSettings.WHERE).ifPresent(where -> given.add("--where " + where));
    return String.join(" ", given);
  }
}
