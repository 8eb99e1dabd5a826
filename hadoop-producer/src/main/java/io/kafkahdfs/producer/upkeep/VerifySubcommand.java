package io.kafkahdfs.producer.upkeep;

import io.kafkahdfs.client.KafkaTarget;
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
import io.kafkahdfs.producer.config.TargetConnection;
import io.kafkahdfs.producer.plan.InputLister;
import io.kafkahdfs.producer.plan.TargetNote;
import io.kafkahdfs.producer.verify.DeepCheck;
import io.kafkahdfs.producer.verify.DeepResult;
import io.kafkahdfs.state.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Holds the receipts of exports against themselves, their inputs and, if asked to, their target.
 */
public final class VerifySubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "verify",
        "Checks that the receipts of exports add up: every record of every file was sent, filtered"
            + " or bad, and every one that was sent was acknowledged. Says also which exports are"
            + " not done, and which files are not what was sent any more. With --deep it reads back"
            + " what is in Kafka, and says what is missing, doubled, foreign or out of order. Ends"
            + " with exit code 1 if it finds something.",
        List.of(
            "hdfs-to-kafka verify [--export-id ID] [--state PATH] [--json]",
            "hdfs-to-kafka verify --deep [--bootstrap-server HOST:PORT] [--export-id ID]",
            "                     [--state PATH] [--json]"),
        List.of(
            ExportSettings.EXPORT_ID,
            ExportSettings.STATE,
            LookSettings.JSON,
            LookSettings.DEEP,
            ExportSettings.BOOTSTRAP_SERVERS,
            ExportSettings.COMMAND_CONFIG,
            ExportSettings.TIMEOUT,
            ExportSettings.GENERATION),
        Set.of());
  }

  /** What is wrong with an export, in words. */
  record Finding(String export, String detail) {}

  /** All of it, for programs. */
  record Verified(List<Finding> findings, List<DeepResult> deep) {}

  @Override
  public ExitCode run(Invocation invocation) throws IOException {
    Settings settings = invocation.settings();
    List<StoredExport> exports = StoredExport.asked(invocation);
    InputLister lister = new InputLister(invocation.configuration());
    List<Finding> findings = new ArrayList<>();
    List<DeepResult> deep = new ArrayList<>();
    for (StoredExport export : exports) {
      String id = export.folder().export();
      for (Receipt receipt : export.receipts()) {
        problems(receipt).forEach(problem -> findings.add(new Finding(id, problem)));
      }
      if (!export.done()) {
        findings.add(new Finding(id, "is not done; the same command again resumes it"));
      } else {
        Receipt last = export.receipts().get(export.receipts().size() - 1);
        lister
            .changes(last.inputs())
            .forEach(change -> findings.add(new Finding(id, "since it was sent: " + change)));
      }
      if (settings.get(LookSettings.DEEP)) {
        deep.addAll(deep(export, invocation));
      }
    }
    for (DeepResult result : deep) {
      result.findings().forEach(what -> findings.add(new Finding(result.export(), what)));
    }
    invocation.console().print(print(settings, exports, findings, deep));
    return findings.isEmpty() ? ExitCode.DONE : ExitCode.FAILURE;
  }

  private static List<DeepResult> deep(StoredExport export, Invocation invocation)
      throws IOException {
    List<DeepResult> results = new ArrayList<>();
    for (int i = 0; i < export.receipts().size(); i++) {
      Receipt receipt = export.receipts().get(i);
      Optional<TargetNote> next =
          i + 1 < export.receipts().size()
              ? Optional.ofNullable(export.receipts().get(i + 1).target())
              : export.plan().filter(plan -> !export.done()).map(plan -> plan.target());
      Configuration configuration = new Configuration(invocation.configuration());
      if (!invocation.settings().isGiven(ExportSettings.BOOTSTRAP_SERVERS)) {
        configuration.set(
            ExportSettings.BOOTSTRAP_SERVERS.key(), String.join(",", receipt.bootstrapServers()));
      }
      try (KafkaTarget target = TargetConnection.connect(configuration, invocation.credentials())) {
        results.add(new DeepCheck(target, configuration).check(receipt, next));
      }
    }
    return results;
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

  private static String print(
      Settings settings,
      List<StoredExport> exports,
      List<Finding> findings,
      List<DeepResult> deep) {
    boolean wasDeep = settings.get(LookSettings.DEEP);
    if (settings.get(LookSettings.JSON)) {
      return Json.writeText(wasDeep ? new Verified(findings, deep) : findings);
    }
    return (wasDeep ? deepText(deep) : "") + text(exports, findings);
  }

  private static String deepText(List<DeepResult> deep) {
    Table table =
        new Table(
            "export",
            "ended",
            "sent",
            "read back",
            "missing",
            "doubled",
            "foreign",
            "out of order");
    StringBuilder remarks = new StringBuilder();
    for (DeepResult result : deep) {
      table.row(
          result.export(),
          result.ended(),
          result.records(),
          result.read(),
          result.missing(),
          result.doubled(),
          orUnknown(result.foreign()),
          orUnknown(result.outOfOrder()));
      remarks.append(result.export() + ": checked " + result.checked() + ".\n");
      result.remarks().forEach(remark -> remarks.append(result.export() + ": " + remark + "\n"));
    }
    return table.toString() + remarks;
  }

  private static String orUnknown(long number) {
    return number < 0 ? "-" : Amounts.count(number);
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
