package io.kafkahdfs.producer.upkeep;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.LookSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Lists the exports that are done. */
public final class HistorySubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "history",
        "Lists the exports that are done: when, how long, how much, and what was left out.",
        List.of("hdfs-to-kafka history [--export-id ID] [--state PATH] [--json]"),
        List.of(ExportSettings.EXPORT_ID, ExportSettings.STATE, LookSettings.JSON),
        Set.of());
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException {
    Settings settings = invocation.settings();
    List<Receipt> receipts =
        StoredExport.asked(invocation).stream()
            .flatMap(export -> export.receipts().stream())
            .sorted(Comparator.comparing(Receipt::ended))
            .toList();
    invocation.console().answer(settings.get(LookSettings.JSON), receipts, () -> table(receipts));
    return ExitCode.DONE;
  }

  private static String table(List<Receipt> receipts) {
    Table table =
        new Table(
            "ended",
            "export",
            "took",
            "by",
            "guarantee",
            "files",
            "records",
            "filtered",
            "bad",
            "maybe repeated");
    for (Receipt receipt : receipts) {
      Duration took =
          Duration.between(Instant.parse(receipt.started()), Instant.parse(receipt.ended()));
      table.row(
          receipt.ended(),
          receipt.export(),
          Amounts.span(took),
          receipt.user() + "@" + receipt.host(),
          receipt.guarantee(),
          receipt.files().size(),
          receipt.records(),
          receipt.files().stream().mapToLong(SplitReport.File::filtered).sum(),
          receipt.files().stream().mapToLong(SplitReport.File::bad).sum(),
          receipt.maybeRepeated());
    }
    return table.toString();
  }
}
