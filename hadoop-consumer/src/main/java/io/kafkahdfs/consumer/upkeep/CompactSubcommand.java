package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.compact.CompactJob;
import io.kafkahdfs.consumer.compact.CompactPlan;
import io.kafkahdfs.consumer.compact.CompactPlanner;
import io.kafkahdfs.consumer.config.FileSettings;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Merges small files into large ones. */
public final class CompactSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "compact",
        "Merges small files of a folder into large ones, as a commit: records stay in their order,"
            + " the merged files go into the trash, and rollback brings them back.",
        List.of(
            "kafka-to-hdfs compact --output PATH [--target-bytes 256m] [--older-than 1h]",
            "              [--where \"folder.dt < 2026-01-31\"] [--topic TOPIC[,TOPIC...]]",
            "              [--file-per topic] [--codec CODEC] [--why TEXT] [--dry-run] [--json]"),
        List.of(
            LoadSettings.OUTPUT,
            StateSettings.TARGET_BYTES,
            StateSettings.OLDER_THAN,
            StateSettings.WHERE,
            LoadSettings.TOPICS,
            FileSettings.FILE_PER,
            FileSettings.CODEC,
            LoadSettings.MAPS,
            StateSettings.WHY,
            LoadSettings.WAIT,
            LoadSettings.DRY_RUN,
            StateSettings.JSON),
        Set.of());
  }

  /**
   * What was done, for programs and people.
   *
   * @param commit by which; null if nothing was to be merged, or it was only looked
   * @param dryRun whether it was only looked
   * @param merged files that were merged
   * @param into files that hold their records now
   * @param bytesAfter of these; null if it was only looked
   * @param leftAlone files that were chosen and cannot be merged, each with the reason
   */
  record Outcome(
      Long commit,
      boolean dryRun,
      long merged,
      long into,
      long records,
      long bytes,
      Long bytesAfter,
      List<String> leftAlone) {
    static Outcome of(CompactPlanner.Found found, Optional<Commit> commit, boolean dryRun) {
      List<CompactPlan.Group> groups = found.plan().groups();
      return new Outcome(
          commit.map(Commit::number).orElse(null),
          dryRun,
          groups.stream().mapToLong(group -> group.inputs().size()).sum(),
          groups.size(),
          found.plan().records(),
          groups.stream().mapToLong(CompactPlan.Group::bytes).sum(),
          commit.map(made -> made.files().stream().mapToLong(LandedFile::bytes).sum()).orElse(null),
          found.leftAlone());
    }

    String text() {
      if (merged == 0) {
        return "Nothing to merge: no folder has two small files that follow on each other.\n";
      }
      return "%s %s files with %s records, %s, into %s files%s.%n"
          .formatted(
              dryRun ? "Would merge" : "Merged",
              Amounts.count(merged),
              Amounts.count(records),
              Amounts.bytes(bytes),
              Amounts.count(into),
              dryRun
                  ? ""
                  : " of "
                      + Amounts.bytes(bytesAfter)
                      + ", by commit "
                      + commit
                      + ". The old ones are in the trash until purge");
    }
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    GivenSettings.require(settings, List.of(LoadSettings.OUTPUT));
    CompactPlanner.Choice choice = choice(settings);
    Configuration configuration = invocation.configuration();
    LockedLoad.Done<Outcome> done;
    if (settings.get(LoadSettings.DRY_RUN)) {
      LoadOutput output = OutputSetting.existing(settings, configuration);
      done =
          LockedLoad.Done.of(
              Outcome.of(
                  new CompactPlanner(output, configuration, choice).plan(),
                  Optional.empty(),
                  true));
    } else {
      done =
          LockedLoad.moving(
              invocation,
              load -> {
                CompactPlanner.Found found =
                    new CompactPlanner(load.output(), configuration, choice).plan();
                Optional<Commit> commit =
                    found.plan().groups().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                            CompactJob.of(invocation, load.output(), load.owner())
                                .run(
                                    found.plan(),
                                    reason(settings),
                                    settings.find(StateSettings.WHY).orElse(null)));
                return Outcome.of(found, commit, false);
              },
              made -> made.commit() != null);
    }
    Outcome outcome = done.outcome();
    outcome.leftAlone().forEach(file -> invocation.console().warn("Left alone: " + file));
    invocation.console().answer(settings.get(StateSettings.JSON), outcome, outcome::text);
    return done.exitCode();
  }

  private static CompactPlanner.Choice choice(Settings settings) throws IOException {
    RecordChoice chosen = RecordChoice.of(settings);
    chosen.filter().checkOnlyFolders();
    return new CompactPlanner.Choice(
        settings.get(StateSettings.TARGET_BYTES),
        settings.find(StateSettings.OLDER_THAN).map(Instant.now()::minus).orElse(Instant.MAX),
        settings.get(FileSettings.FILE_PER),
        settings.find(FileSettings.CODEC),
        chosen::mayBeIn);
  }

  private static String reason(Settings settings) {
    List<String> given = new ArrayList<>();
    given.add("--target-bytes " + settings.get(StateSettings.TARGET_BYTES));
    settings
        .find(StateSettings.OLDER_THAN)
        .ifPresent(span -> given.add("--older-than " + span.toSeconds() + "s"));
    settings.find(StateSettings.WHERE).ifPresent(where -> given.add("--where " + where));
    settings
        .find(LoadSettings.TOPICS)
        .ifPresent(topics -> given.add("--topic " + String.join(",", topics)));
    if (settings.isGiven(FileSettings.FILE_PER)) {
      given.add(
          "--file-per " + settings.get(FileSettings.FILE_PER).name().toLowerCase(Locale.ROOT));
    }
    return String.join(" ", given);
  }
}
