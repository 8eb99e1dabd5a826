package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.LocalFile;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.report.ReportPage;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Writes a page about a load. */
public final class ReportSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "report",
        "Writes one page about a load, with charts and tables: its runs, records, lag, offsets and"
            + " losses. It needs no network to be looked at.",
        List.of("kafka-to-hdfs report --output PATH --html FILE [OPTION...]"),
        List.of(
            LoadSettings.OUTPUT,
            StateSettings.HTML,
            LoadSettings.BOOTSTRAP_SERVERS,
            LoadSettings.COMMAND_CONFIG,
            LoadSettings.TIMEOUT,
            LoadSettings.GENERATION),
        Set.of());
  }

  /** Writes the page also when Kafka does not answer; the exit code then says so. */
  @Override
  public ExitCode run(Invocation invocation) throws IOException {
    Settings settings = invocation.settings();
    GivenSettings.require(settings, List.of(LoadSettings.OUTPUT, StateSettings.HTML));
    LocalFile file = LocalFile.of(settings, StateSettings.HTML, "report").orElseThrow();
    LoadOutput output = OutputSetting.existing(settings, invocation.configuration());
    CommitStore commits = new CommitStore(output.store(), output.state());
    Optional<Commit> last = commits.last();
    Optional<LoaderException> unreachable = Optional.empty();
    Map<PartitionId, PartitionSnapshot> now = null;
    if (last.isPresent()) {
      try {
        now =
            LastCluster.describe(
                invocation, last.get(), last.get().history().checkpoint().nextOffsets().keySet());
      } catch (LoaderException e) {
        unreachable = Optional.of(e);
      }
    }
    try {
      file.write(
          ReportPage.of(
              output.state().root().toString(),
              oneByOne(commits, commits.list().last()),
              Instant.now().truncatedTo(ChronoUnit.SECONDS),
              now));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    invocation.console().print("Wrote the report to " + file.path() + "\n");
    unreachable.ifPresent(
        e ->
            invocation.console().error("The lag in it is that of the last run: " + e.getMessage()));
    return unreachable.map(LoaderException::exitCode).orElse(ExitCode.DONE);
  }

  /** Many commits need not be in memory together. */
  private static Iterable<Commit> oneByOne(CommitStore commits, long last) {
    return () ->
        LongStream.rangeClosed(1, last)
            .mapToObj(
                number -> {
                  try {
                    return commits.read(number);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .iterator();
  }
}
