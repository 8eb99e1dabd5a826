package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Progress;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.table.KnownTable;
import io.kafkahdfs.consumer.verify.Verification;
import io.kafkahdfs.consumer.verify.Verifier;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.format.print.RecordFilter;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds an output against its commits. */
public final class VerifySubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "verify",
        "Checks that every offset of every commit is held by exactly one file or accounted for,"
            + " and that the files are there. Ends with exit code 1 if something is missing,"
            + " doubled, changed or foreign.",
        List.of(
            "kafka-to-hdfs verify --output PATH [--commit NUMBER | --since TIME]",
            "              [--where CONDITIONS] [--deep [SHARE]] [--json]"),
        List.of(
            LoadSettings.OUTPUT,
            StateSettings.COMMIT,
            StateSettings.SINCE,
            StateSettings.WHERE,
            StateSettings.DEEP,
            StateSettings.JSON),
        Set.of());
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException {
    Settings settings = invocation.settings();
    GivenSettings.require(settings, List.of(LoadSettings.OUTPUT));
    LoadOutput output = OutputSetting.existing(settings, invocation.configuration());
    Console console = invocation.console();
    Verifier verifier =
        new Verifier(
            output,
            invocation.configuration(),
            settings.get(StateSettings.DEEP),
            (gone, read) -> lacks(output, invocation, gone, read),
            records -> new Progress(console.err(), console.terminal(), records, System::nanoTime));
    RecordFilter where = RecordFilter.of(settings.find(StateSettings.WHERE));
    where.checkOnlyFolders();
    Verification verification =
        verifier.verify(
            new Verifier.Choice(
                settings.find(StateSettings.COMMIT),
                settings.find(StateSettings.SINCE).orElse(Instant.MIN),
                where));
    console.answer(settings.get(StateSettings.JSON), verification, verification::text);
    return verification.isGood() ? ExitCode.DONE : ExitCode.FAILURE;
  }

  /** Only then the table must be within reach. */
  private static Map<LandedFile, String> lacks(
      LoadOutput output, Invocation invocation, Set<LandedFile> gone, Set<LandedFile> read)
      throws IOException {
    try (KnownTable table = KnownTable.open(output, invocation.configuration())) {
      return table.lacks(gone, read);
    }
  }
}
