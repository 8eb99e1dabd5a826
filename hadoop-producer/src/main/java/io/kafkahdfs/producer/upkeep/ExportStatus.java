package io.kafkahdfs.producer.upkeep;

import io.kafkahdfs.console.Table;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.state.LoadLock;
import java.util.List;
import java.util.Optional;

/**
 * How an export stands, for programs and for people.
 *
 * @param state {@code exported}, {@code running} or {@code unfinished}
 * @param planned when, ISO 8601; null if it was not planned yet
 * @param ended when it was done; null if it is not
 * @param inputs as they were given
 * @param guarantee what it promises
 * @param splits how many parts it has
 * @param splitsDone how many of them are sent whole
 * @param records in these
 * @param maybeRepeated how many duplicates there are at most
 * @param runBy who runs it now; null if nobody does
 */
record ExportStatus(
    String export,
    String state,
    String planned,
    String ended,
    List<String> inputs,
    String guarantee,
    int splits,
    int splitsDone,
    long records,
    long maybeRepeated,
    String runBy) {

  static ExportStatus of(StoredExport export, Optional<LoadLock.Holder> holder) {
    Optional<LoadLock.Holder> runner = holder.filter(LoadLock.Holder::alive);
    Optional<ExportPlan> plan = export.plan();
    Optional<Receipt> receipt =
        export.done()
            ? Optional.of(export.receipts().get(export.receipts().size() - 1))
            : Optional.empty();
    int splits = plan.map(known -> known.splits().size()).orElse(0);
    return new ExportStatus(
        export.folder().export(),
        export.done() ? "exported" : runner.isPresent() ? "running" : "unfinished",
        plan.map(ExportPlan::started).orElse(null),
        receipt.map(Receipt::ended).orElse(null),
        plan.map(known -> known.identity().inputs()).orElse(List.of()),
        plan.map(known -> known.guarantee().toString()).orElse(null),
        splits,
        export.done() ? splits : export.reports().size(),
        receipt
            .map(Receipt::records)
            .orElse(export.reports().stream().mapToLong(SplitReport::records).sum()),
        receipt
            .map(Receipt::maybeRepeated)
            .orElse(export.reports().stream().mapToLong(SplitReport::maybeRepeated).sum()),
        runner
            .map(LoadLock.Holder::owner)
            .map(owner -> owner.user() + "@" + owner.host() + " since " + owner.since())
            .orElse(null));
  }

  /** For the console. */
  static String table(List<ExportStatus> all) {
    Table table =
        new Table(
            "export",
            "state",
            "planned",
            "ended",
            "splits",
            "done",
            "records",
            "maybe repeated",
            "run by");
    for (ExportStatus export : all) {
      table.row(
          export.export,
          export.state,
          orNothing(export.planned),
          orNothing(export.ended),
          export.splits,
          export.splitsDone,
          export.records,
          export.maybeRepeated,
          orNothing(export.runBy));
    }
    return table.toString();
  }

  private static String orNothing(String text) {
    return text == null ? "-" : text;
  }
}
