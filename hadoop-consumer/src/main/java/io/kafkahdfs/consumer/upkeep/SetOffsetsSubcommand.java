package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
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
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
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
            "                          [OPTION...]"),
        List.of(
            LoadSettings.OUTPUT,
            StateSettings.OFFSETS,
            StateSettings.WHY,
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
    GivenSettings.require(
        settings, List.of(LoadSettings.OUTPUT, StateSettings.OFFSETS, StateSettings.WHY));
    SortedMap<PartitionId, Long> offsets = offsets(settings.get(StateSettings.OFFSETS));
    Commit commit =
        LockedLoad.with(
            invocation,
            load -> {
              Commit last =
                  new CommitStore(load.output().store(), load.output().state())
                      .last()
                      .orElseThrow(
                          () ->
                              new InvalidSettingException(
                                  "Nothing was ever committed in "
                                      + load.output().state().root()
                                      + ". Say where the first run begins with load --start."));
              check(offsets, LastCluster.describe(invocation, last, offsets.keySet()));
              return new ChangeStep(load.output().store(), load.output().state(), load.owner())
                  .setOffsets(offsets, settings.get(StateSettings.WHY));
            });
    invocation
        .console()
        .answer(settings.get(StateSettings.JSON), commit.change(), () -> text(commit));
    return ExitCode.DONE;
  }

  private static String text(Commit commit) {
    Table table = new Table("topic", "partition", "was", "is");
    for (ManualChange.OffsetEdit edit : commit.change().offsets()) {
      table.row(edit.topic(), edit.partition(), edit.from() == null ? "-" : edit.from(), edit.to());
    }
    return table + "Commit " + commit.number() + ": the next run begins there.\n";
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
