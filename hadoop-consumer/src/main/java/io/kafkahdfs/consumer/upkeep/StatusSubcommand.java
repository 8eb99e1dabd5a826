package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.commit.Holding;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.LoadLock;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells how a load stands: its last commits, how far behind Kafka it is, and who runs it. */
public final class StatusSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "status",
        "Shows a load's last commits, its next offsets and lag, and who is running it.",
        List.of("kafka-to-hdfs status --output PATH [--json] [OPTION...]"),
        List.of(
            LoadSettings.OUTPUT,
            StateSettings.JSON,
            LoadSettings.BOOTSTRAP_SERVERS,
            LoadSettings.COMMAND_CONFIG,
            LoadSettings.TIMEOUT,
            LoadSettings.GENERATION),
        Set.of());
  }

  /** Prints what it knows also when Kafka does not answer; the exit code then says so. */
  @Override
  public ExitCode run(Invocation invocation) throws IOException {
    Settings settings = invocation.settings();
    GivenSettings.require(settings, List.of(LoadSettings.OUTPUT));
    LoadOutput output = OutputSetting.existing(settings, invocation.configuration());
    CommitStore commits = new CommitStore(output.store(), output.state());
    List<Commit> latest = commits.latest(Status.LATEST);
    Optional<Commit> last =
        latest.isEmpty() ? Optional.empty() : Optional.of(latest.get(latest.size() - 1));
    Optional<LoadLock.Holder> holder =
        LoadLock.look(output.store(), output.state().path(), RunOrigin.hostName());
    Optional<LoaderException> unreachable = Optional.empty();
    Map<PartitionId, PartitionSnapshot> described = Map.of();
    if (last.isPresent()) {
      try {
        described = LastCluster.describeLoaded(invocation, last.get());
      } catch (LoaderException e) {
        unreachable = Optional.of(e);
      }
    }
    Status status =
        Status.of(
            output.state().root().toString(),
            latest,
            last.isEmpty() ? Holding.NOTHING : commits.holding(last.get()),
            commits.list().unpublished(),
            FolderContent.of(output.store(), output.state().trash()),
            holder,
            described,
            Instant.now().truncatedTo(ChronoUnit.MILLIS));
    invocation.console().answer(settings.get(StateSettings.JSON), status, status::text);
    unreachable.ifPresent(
        e -> invocation.console().error("The lag is not known: " + e.getMessage()));
    return unreachable.map(LoaderException::exitCode).orElse(ExitCode.DONE);
  }
}
