package io.kafkahdfs.producer.upkeep;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.LookSettings;
import io.kafkahdfs.producer.plan.InputLister;
import io.kafkahdfs.state.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Holds the receipts of exports against themselves and their inputs. */
public final class VerifySubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "verify",
        "Checks that the receipts of exports add up: every record of every file was sent, filtered"
            + " or bad, and every one that was sent was acknowledged. Says also which exports are"
            + " not done, and which files are not what was sent any more. Ends with exit code 1 if"
            + " it finds something.",
        List.of("hdfs-to-kafka verify [--export-id ID] [--state PATH] [--json]"),
        List.of(ExportSettings.EXPORT_ID, ExportSettings.STATE, LookSettings.JSON),
        Set.of());
  }

  /** What is wrong with an export, in words. */
  record Finding(String export, String detail) {}

  @Override
  public ExitCode run(Invocation invocation) throws IOException {
    Settings settings = invocation.settings();
    List<StoredExport> exports = StoredExport.asked(invocation);
    InputLister lister = new InputLister(invocation.configuration());
    List<Finding> findings = new ArrayList<>();
    for (StoredExport export : exports) {
      String id = export.folder().export();
      for (Receipt receipt : export.receipts()) {
        problems(receipt).forEach(problem -> findings.add(new Finding(id, problem)));
      }
      if (!export.done()) {
        findings.add(new Finding(id, "is not done; the same command again goes on with it"));
      } else {
        Receipt last = export.receipts().get(export.receipts().size() - 1);
        lister
            .changes(last.inputs())
            .forEach(change -> findings.add(new Finding(id, "since it was sent: " + change)));
      }
    }
    String text =
        settings.get(LookSettings.JSON) ? Json.writeText(findings) : text(exports, findings);
    invocation.console().print(text);
    return findings.isEmpty() ? ExitCode.DONE : ExitCode.FAILURE;
  }

  private static List<String> problems(Receipt receipt) {
    List<String> problems = new ArrayList<>();
    for (SplitReport.File file : receipt.files()) {
      if (file.read() != file.sent() + file.filtered() + file.bad()) {
        problems.add("does not add up: " + file);
      }
    }
    long sent = receipt.files().stream().mapToLong(SplitReport.File::sent).sum();
    if (sent > receipt.records()) {
      problems.add(sent + " records were sent, and " + receipt.records() + " acknowledged");
    }
    return problems;
  }

  private static String text(List<StoredExport> exports, List<Finding> findings) {
    long records =
        exports.stream()
            .flatMap(export -> export.receipts().stream())
            .mapToLong(Receipt::records)
            .sum();
    if (findings.isEmpty()) {
      return "All is as the receipts say: %d exports, %d records.%n"
          .formatted(exports.size(), records);
    }
    Table table = new Table("export", "detail");
    findings.forEach(finding -> table.row(finding.export(), finding.detail()));
    return table.toString();
  }
}
