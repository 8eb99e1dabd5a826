package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.ForgetStep;
import io.kafkahdfs.consumer.commit.Forgotten;
import io.kafkahdfs.consumer.commit.LeavingFile;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets old files leave the output, so that nobody takes them for lost. */
public final class ForgetSubcommand implements Subcommand {
  private static final List<Setting<?>> CHOOSING =
      List.of(StateSettings.KEEP, StateSettings.BEFORE, StateSettings.WHERE, StateSettings.MISSING);

  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "forget",
        "Lets files leave the output on purpose, as a commit that names each: they go into the"
            + " trash, and verify does not miss them. Conditions that are given must all hold.",
        List.of(
            "kafka-to-hdfs forget --output PATH (--keep 90d | --before 2026-01-31 | --missing",
            "              | --where \"folder.dt < 2026-01-31\") [--topic TOPIC[,TOPIC...]]",
            "              [--quarantine] [--why TEXT] [--dry-run] [--json]"),
        List.of(
            LoadSettings.OUTPUT,
            StateSettings.KEEP,
            StateSettings.BEFORE,
            StateSettings.WHERE,
            StateSettings.MISSING,
            LoadSettings.TOPICS,
            StateSettings.QUARANTINE,
            StateSettings.WHY,
            LoadSettings.WAIT,
            LoadSettings.DRY_RUN,
            StateSettings.JSON),
        Set.of());
  }

  /**
   * What was done, for programs and people.
   *
   * @param commit by which; null if nothing was to be forgotten, or it was only looked
   * @param dryRun whether it was only looked
   */
  record Outcome(Long commit, boolean dryRun, Forgotten forgotten) {
    String text() {
      List<LeavingFile> files = forgotten.files();
      if (files.isEmpty()) {
        return "Nothing to forget: no file that stands is chosen by " + forgotten.reason() + ".\n";
      }
      StringBuilder text = new StringBuilder();
      for (LeavingFile file : files) {
        text.append("  ").append(file.path());
        text.append(file.trash() == null ? " (was gone already)" : "").append('\n');
      }
      return text.append(
              "%s %s files with %s records, %s, of commits %d to %d%s.%n"
                  .formatted(
                      dryRun ? "Would forget" : "Forgot",
                      Amounts.count(files.size()),
                      Amounts.count(files.stream().mapToLong(LeavingFile::records).sum()),
                      Amounts.bytes(files.stream().mapToLong(LeavingFile::bytes).sum()),
                      files.stream().mapToLong(LeavingFile::commit).min().getAsLong(),
                      files.stream().mapToLong(LeavingFile::commit).max().getAsLong(),
                      dryRun
                          ? ""
                          : ", by commit " + commit + ". They are in the trash until purge"))
          .toString();
    }
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    GivenSettings.require(settings, List.of(LoadSettings.OUTPUT));
    if (CHOOSING.stream().noneMatch(settings::isGiven)) {
      throw new InvalidSettingException(
          "Say which files are to go: --keep, --before, --where or --missing.");
    }
    RecordChoice chosen = RecordChoice.of(settings);
    chosen.filter().checkOnlyFolders();
    Instant before = before(settings);
    LockedLoad.Done<Outcome> done;
    if (settings.get(LoadSettings.DRY_RUN)) {
      LoadOutput output = OutputSetting.existing(settings, invocation.configuration());
      ForgetStep step = new ForgetStep(output.store(), output.state(), RunOrigin.now().owner());
      done =
          LockedLoad.Done.of(
              new Outcome(null, true, plan(step, settings, chosen, before).forgotten()));
    } else {
      done =
          LockedLoad.moving(
              invocation,
              load -> {
                ForgetStep step =
                    new ForgetStep(load.output().store(), load.output().state(), load.owner());
                ForgetStep.Plan plan = plan(step, settings, chosen, before);
                Optional<Commit> commit =
                    step.forget(plan, settings.find(StateSettings.WHY).orElse(null));
                return new Outcome(
                    commit.map(Commit::number).orElse(null), false, plan.forgotten());
              },
              made -> made.commit() != null);
    }
    Outcome outcome = done.outcome();
    invocation.console().answer(settings.get(StateSettings.JSON), outcome, outcome::text);
    return done.exitCode();
  }

  private static Instant before(Settings settings) {
    Instant before = settings.find(StateSettings.BEFORE).orElse(Instant.MAX);
    Instant kept = settings.find(StateSettings.KEEP).map(Instant.now()::minus).orElse(Instant.MAX);
    return before.isBefore(kept) ? before : kept;
  }

  private static ForgetStep.Plan plan(
      ForgetStep step, Settings settings, RecordChoice chosen, Instant before) throws IOException {
    boolean bad = settings.get(StateSettings.QUARANTINE);
    boolean missing = settings.get(StateSettings.MISSING);
    return step.plan(
        (file, commit, committed) ->
            file.holdsBad() == bad
                && committed.isBefore(before)
                && chosen.mayBeIn(file)
                && (!missing || !step.isThere(file)),
        reason(settings));
  }

  private static String reason(Settings settings) {
    List<String> given = new ArrayList<>();
    settings
        .find(StateSettings.KEEP)
        .ifPresent(span -> given.add("--keep " + span.toHours() + "h"));
    settings.find(StateSettings.BEFORE).ifPresent(time -> given.add("--before " + time));
    settings.find(StateSettings.WHERE).ifPresent(where -> given.add("--where " + where));
    settings
        .find(LoadSettings.TOPICS)
        .ifPresent(topics -> given.add("--topic " + String.join(",", topics)));
    if (settings.get(StateSettings.MISSING)) {
      given.add("--missing");
    }
    if (settings.get(StateSettings.QUARANTINE)) {
      given.add("--quarantine");
    }
    return String.join(" ", given);
  }
}
