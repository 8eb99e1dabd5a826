package io.kafkahdfs.consumer.job;

import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.LocalFile;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.config.BadSettings;
import io.kafkahdfs.consumer.config.FileSettings;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.config.ValueSettings;
import io.kafkahdfs.consumer.plan.ReplayPlanner;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lands a given range of one partition again, in an output of its own. */
final class ReplaySubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "replay",
        "Lands a range of a partition's offsets again, in a new output. The load that landed them"
            + " first is not touched.",
        List.of(
            "kafka-to-hdfs replay --bootstrap-server HOST:PORT --topic TOPIC --partition NUMBER",
            "                     --from OFFSET --until OFFSET --output NEW-PATH [OPTION...]"),
        List.of(
            LoadSettings.BOOTSTRAP_SERVERS,
            LoadSettings.TOPICS,
            StateSettings.PARTITION,
            StateSettings.FROM,
            StateSettings.UNTIL,
            LoadSettings.OUTPUT,
            FileSettings.FORMAT,
            FileSettings.CODEC,
            FileSettings.NEWLINES,
            FileSettings.ROLL_BYTES,
            ValueSettings.VALUES,
            ValueSettings.VALUE_SCHEMA,
            ValueSettings.KEYS,
            ValueSettings.KEY_SCHEMA,
            ValueSettings.REGISTRY,
            ValueSettings.REGISTRY_CONFIG,
            ValueSettings.UNKNOWN_FIELDS,
            ValueSettings.METADATA,
            LoadSettings.ON_MISSING,
            BadSettings.ON_BAD,
            BadSettings.MAX_BAD,
            LoadSettings.MAPS,
            LoadSettings.MAPPER,
            LoadSettings.COMMAND_CONFIG,
            LoadSettings.TIMEOUT,
            LoadSettings.GENERATION,
            LoadSettings.FETCH_BYTES,
            LoadSettings.MAX_FETCH_BYTES,
            LoadSettings.FETCH_AHEAD,
            LoadSettings.SUMMARY,
            StateSettings.JSON),
        Set.of());
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    GivenSettings.require(
        settings,
        List.of(
            LoadSettings.BOOTSTRAP_SERVERS,
            LoadSettings.TOPICS,
            StateSettings.PARTITION,
            StateSettings.FROM,
            StateSettings.UNTIL,
            LoadSettings.OUTPUT));
    LoadSubcommand.check(settings, invocation.configuration());
    Optional<LocalFile> file = LocalFile.of(settings, LoadSettings.SUMMARY, "summary");
    OffsetRange range = range(settings);
    LoadOutput output = OutputSetting.of(settings, invocation.configuration());
    if (!output.store().list(output.state().root()).isEmpty()) {
      throw new InvalidSettingException(
          "The output "
              + output.state().root()
              + " is not empty, and a replay wants one of its own. Use another --output.");
    }
    ValueSettings.keep(invocation);
    Summary summary =
        new LoadJob(
                invocation,
                output,
                RunOrigin.now(),
                (cluster, topics, history) ->
                    new ReplayPlanner(topics, settings.get(LoadSettings.ON_MISSING)).plan(range))
            .run()
            .ofRangeTo(range.until());
    invocation.console().answer(settings.get(StateSettings.JSON), summary, summary::text);
    if (file.isPresent()) {
      file.get().write(Json.writeLine(summary) + "\n");
    }
    return ExitCode.DONE;
  }

  private static OffsetRange range(Settings settings) throws InvalidSettingException {
    List<String> topics = settings.get(LoadSettings.TOPICS);
    if (topics.size() != 1) {
      throw new InvalidSettingException("replay takes one --topic, not " + topics + ".");
    }
    long from = settings.get(StateSettings.FROM);
    long until = settings.get(StateSettings.UNTIL);
    if (until <= from) {
      throw new InvalidSettingException(
          "--until "
              + until
              + " is not behind --from "
              + from
              + ": it is the first offset that is not read.");
    }
    return new OffsetRange(
        new PartitionId(topics.get(0), settings.get(StateSettings.PARTITION)), from, until);
  }
}
