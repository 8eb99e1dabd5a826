package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.consumer.commit.ChangeStep;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.commit.Rollback;
import io.kafkahdfs.consumer.commit.Standing;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.format.spi.Quarantine;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Takes a load back to an earlier commit, files and next offsets together. */
public final class RollbackSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "rollback",
        "Takes the output back to an earlier commit: the files that came later go into the trash,"
            + " and the next run loads their offsets again. It can be undone, by going \"back\" to"
            + " the later commit, until --purge empties the trash.",
        List.of(
            "kafka-to-hdfs rollback --output PATH --to COMMIT [--why TEXT] [--dry-run] [--json]",
            "kafka-to-hdfs rollback --output PATH --purge"),
        List.of(
            LoadSettings.OUTPUT,
            StateSettings.TO,
            StateSettings.WHY,
            StateSettings.PURGE,
            LoadSettings.DRY_RUN,
            LoadSettings.WAIT,
            StateSettings.JSON),
        Set.of());
  }

  /**
   * What was done, or would be.
   *
   * @param commit the number of the commit that was made; null if nothing was committed
   * @param to the commit that it went back to; null if only the trash was emptied
   * @param trashed files that went into the trash
   * @param restored files that came back from it
   * @param missing files that should have gone there and were not in their places
   * @param purged whether the trash was emptied
   * @param quarantined files of bad records that went into the trash, or are removed with it
   */
  record Outcome(
      Long commit,
      Long to,
      List<Rollback.Move> trashed,
      List<Rollback.Move> restored,
      List<String> missing,
      List<Commit.Next> next,
      boolean purged,
      long quarantined) {
    static Outcome of(Long commit, ChangeStep.RollbackPlan plan, boolean purged, long removed) {
      return new Outcome(
          commit,
          plan.rollback().to(),
          plan.rollback().trashed(),
          plan.rollback().restored(),
          plan.missing(),
          plan.next(),
          purged,
          removed
              + plan.rollback().trashed().stream()
                  .filter(move -> Quarantine.holds(move.path()))
                  .count());
    }

    String text() {
      StringBuilder text = new StringBuilder();
      if (to != null) {
        text.append(commit == null ? "Would go back to commit " : "Went back to commit ");
        text.append(to).append(commit == null ? "" : ", by commit " + commit).append(".\n");
        text.append(line(trashed, "into the trash")).append(line(restored, "back from the trash"));
        for (String path : missing) {
          text.append("  was missing already: ").append(path).append('\n');
        }
        for (Commit.Next partition : next) {
          text.append(
              "  %s-%d resumes at %d%n"
                  .formatted(partition.topic(), partition.partition(), partition.offset()));
        }
        if (next.isEmpty()) {
          text.append("  the next run begins anew, where --start says\n");
        }
      }
      if (purged) {
        text.append("The trash is empty");
        text.append(to == null && commit != null ? ", by commit " + commit : "").append(".\n");
      }
      if (quarantined > 0) {
        text.append(
            "  %d %s of bad records %s; where Kafka has forgotten them %s%n"
                .formatted(
                    quarantined,
                    quarantined == 1 ? "file" : "files",
                    purged ? "were removed for good" : "are among those in the trash",
                    purged ? "there is no other copy" : "these are the only copies: do not purge"));
      }
      return text.toString();
    }

    private static String line(List<Rollback.Move> moves, String where) {
      return moves.isEmpty()
          ? ""
          : "  %d %s %s, %s%n"
              .formatted(
                  moves.size(),
                  moves.size() == 1 ? "file" : "files",
                  where,
                  Amounts.bytes(moves.stream().mapToLong(Rollback.Move::bytes).sum()));
    }
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    GivenSettings.require(settings, List.of(LoadSettings.OUTPUT));
    if (!settings.isGiven(StateSettings.TO) && !settings.get(StateSettings.PURGE)) {
      throw new InvalidSettingException("Set --to COMMIT, or --purge. history lists the commits.");
    }
    boolean dry = settings.get(LoadSettings.DRY_RUN);
    if (dry && !settings.isGiven(StateSettings.TO)) {
      throw new InvalidSettingException(
          "--dry-run shows what --to COMMIT would do: set that too. purge --dry-run shows what"
              + " the trash has.");
    }
    LockedLoad.Done<Outcome> done =
        dry
            ? LockedLoad.Done.of(preview(invocation))
            : LockedLoad.withStuck(
                invocation,
                load ->
                    load.telling(
                        invocation,
                        locked -> rollBack(locked, settings),
                        made -> settings.isGiven(StateSettings.TO)));
    Outcome outcome = done.outcome();
    invocation.console().answer(settings.get(StateSettings.JSON), outcome, outcome::text);
    return done.exitCode();
  }

  /** Takes no lock and recovers nothing: it changes nothing. */
  private static Outcome preview(Invocation invocation) throws IOException {
    LoadOutput output = OutputSetting.existing(invocation.settings(), invocation.configuration());
    ChangeStep step = new ChangeStep(output.store(), output.state(), RunOrigin.now().owner());
    return Outcome.of(
        null, step.planRollback(invocation.settings().get(StateSettings.TO)), false, 0);
  }

  private static Outcome rollBack(LockedLoad load, Settings settings) throws IOException {
    boolean purge = settings.get(StateSettings.PURGE);
    String why = settings.find(StateSettings.WHY).orElse(null);
    ChangeStep step = new ChangeStep(load.output().store(), load.output().state(), load.owner());
    if (!settings.isGiven(StateSettings.TO)) {
      if (load.stuck().isPresent()) {
        throw load.stuck().get();
      }
      long bad = badInTrash(load.output());
      Long commit = step.purge(why).map(Commit::number).orElse(null);
      return new Outcome(commit, null, List.of(), List.of(), List.of(), List.of(), true, bad);
    }
    ChangeStep.RollbackPlan plan = step.planRollback(settings.get(StateSettings.TO), purge);
    if (load.stuck().isPresent()
        && !plan.rollback().passedOver().contains(load.stuck().get().number())) {
      throw load.stuck().get();
    }
    long bad = purge ? badInTrash(load.output()) : 0;
    return Outcome.of(step.rollback(plan, why).number(), plan, purge, bad);
  }

  /** How many files of bad records the trash has. */
  private static long badInTrash(LoadOutput output) throws IOException {
    Standing standing = new CommitStore(output.store(), output.state()).standing();
    return standing.trashed().keySet().stream().filter(held -> held.file().holdsBad()).count();
  }
}
