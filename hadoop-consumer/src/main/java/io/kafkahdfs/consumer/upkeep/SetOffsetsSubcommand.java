package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.consumer.commit.ChangeStep;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.commit.ManualChange;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.LoadLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Changes where the next run begins, as a commit of its own. */
public final class SetOffsetsSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "set-offsets",
        "Changes where the next run begins in some partitions, as a commit of its own that says"
            + " who did it and why. What is passed over counts as skipped by hand.",
        List.of(
            "kafka-to-hdfs set-offsets --output PATH --offset TOPIC:PARTITION:OFFSET --why TEXT",
            "                          [--dry-run] [OPTION...]"),
        List.of(
            LoadSettings.OUTPUT,
            StateSettings.OFFSETS,
            StateSettings.WHY,
            LoadSettings.DRY_RUN,
            LoadSettings.WAIT,
            StateSettings.JSON,
            LoadSettings.BOOTSTRAP_SERVERS,
            LoadSettings.COMMAND_CONFIG,
            LoadSettings.TIMEOUT,
            LoadSettings.GENERATION),
        Set.of(StateSettings.OFFSETS));
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    boolean dry = settings.get(LoadSettings.DRY_RUN);
    GivenSettings.require(settings, List.of(LoadSettings.OUTPUT, StateSettings.OFFSETS));
    if (!dry) {
      GivenSettings.require(settings, List.of(StateSettings.WHY));
    }
    SortedMap<PartitionId, Long> offsets = offsets(settings.get(StateSettings.OFFSETS));
    if (dry) {
      LoadOutput output = OutputSetting.existing(settings, invocation.configuration());
      ChangeStep step = checked(invocation, output, RunOrigin.now().owner(), offsets);
      List<ManualChange.OffsetEdit> edits = step.planOffsets(offsets).edits();
      answer(
          invocation,
          new ManualChange(settings.find(StateSettings.WHY).orElse(null), null, edits),
          "The next run would begin there. Nothing was changed.\n");
      return ExitCode.DONE;
    }
    Commit commit =
        LockedLoad.with(
            invocation,
            load ->
                checked(invocation, load.output(), load.owner(), offsets)
                    .setOffsets(offsets, settings.get(StateSettings.WHY)));
    answer(
        invocation,
        commit.change(),
        "Commit " + commit.number() + ": the next run begins there.\n");
    return ExitCode.DONE;
  }

  /**
   * For offsets that Kafka has.
   *
   * @throws InvalidSettingException if it does not have them, or nothing was ever committed
   */
  private static ChangeStep checked(
      Invocation invocation,
      LoadOutput output,
      LoadLock.Owner owner,
      SortedMap<PartitionId, Long> offsets)
      throws IOException {
    Commit last =
        new CommitStore(output.store(), output.state())
            .last()
            .orElseThrow(
                () ->
                    new InvalidSettingException(
                        "Nothing was ever committed in "
                            + output.state().root()
                            + ". Say where the first run begins with load --start."));
    check(offsets, LastCluster.describe(invocation, last, offsets.keySet()));
    return new ChangeStep(output.store(), output.state(), owner);
  }

  private static void answer(Invocation invocation, ManualChange change, String then) {
    Table table = new Table("topic", "partition", "was", "is");
    for (ManualChange.OffsetEdit edit : change.offsets()) {
      table.row(edit.topic(), edit.partition(), edit.from() == null ? "-" : edit.from(), edit.to());
    }
    invocation
        .console()
        .answer(
            invocation.settings().get(StateSettings.JSON), change, () -> table.toString() + then);
  }

  private static SortedMap<PartitionId, Long> offsets(List<String> texts)
      throws InvalidSettingException {
    SortedMap<PartitionId, Long> offsets = new TreeMap<>();
    for (String text : texts) {
      String[] parts = text.split(":");
      PartitionId partition = new PartitionId(parts[0], Integer.parseInt(parts[1]));
      if (offsets.put(partition, Long.parseLong(parts[2])) != null) {
        throw new InvalidSettingException("--offset names " + partition + " twice.");
      }
    }
    return offsets;
  }

  private static void check(
      Map<PartitionId, Long> offsets, Map<PartitionId, PartitionSnapshot> described)
      throws InvalidSettingException {
    List<String> problems = new ArrayList<>();
    offsets.forEach(
        (partition, offset) -> {
          if (!described.containsKey(partition)) {
            problems.add("There is no partition " + partition + " in this cluster.");
            return;
          }
          OffsetRange there = described.get(partition).readable();
          if (offset < there.from() || offset > there.until()) {
            problems.add(
                "Kafka holds the offsets " + there + "; " + offset + " is not among them.");
          }
        });
    if (!problems.isEmpty()) {
      throw new InvalidSettingException(problems);
    }
  }
}
