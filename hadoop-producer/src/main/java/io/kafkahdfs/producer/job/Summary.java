package io.kafkahdfs.producer.job;

import io.kafkahdfs.command.MetricsFile;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.SplitReport;
import java.time.Duration;
import java.util.List;

/**
 * What a run did, for programs ({@code --summary}) and for people.
 *
 * @param outcome {@code exported} or {@code already-exported}
 * @param export the export's id
 * @param guarantee what was promised
 * @param records how many records were sent, and acknowledged
 * @param maybeRepeated how many duplicates there are at most
 * @param seconds from the run's beginning to its end
 * @param files what became of the records of each file
 * @param partitions where records were sent
 */
record Summary(
    String outcome,
    String export,
    String guarantee,
    String exportedAt,
    long records,
    long maybeRepeated,
    double seconds,
    List<SplitReport.File> files,
    List<SplitReport.Partition> partitions) {
  private static final String EXPORTED = "exported";

  /** Longer tables are for programs. */
  private static final int MOST_ROWS = 40;

  static Summary exported(Receipt receipt, Duration took) {
    return of(EXPORTED, receipt, took);
  }

  static Summary alreadyExported(Receipt receipt, Duration took) {
    return of("already-exported", receipt, took);
  }

  private static Summary of(String outcome, Receipt receipt, Duration took) {
    return new Summary(
        outcome,
        receipt.export(),
        receipt.guarantee().toString(),
        receipt.ended(),
        receipt.records(),
        receipt.maybeRepeated(),
        Math.round(took.toMillis() / 100.0) / 10.0,
        receipt.files(),
        receipt.partitions());
  }

  /** For monitoring. */
  void tell(MetricsFile.Figures figures) {
    boolean now = outcome.equals(EXPORTED);
    figures.add("last_run_records", "Records that the last run sent", now ? records : 0);
    figures.add(
        "last_run_repeated_records",
        "Records that may be there twice, at most",
        now ? maybeRepeated : 0);
    figures.add(
        "last_run_bad_records",
        "Records that could not be read and were left out",
        now ? files.stream().mapToLong(SplitReport.File::bad).sum() : 0);
  }

  /** For the console. */
  String text() {
    if (!outcome.equals(EXPORTED)) {
      return "Already exported: %s records on %s, as %s. Use --again to send all once more.%n"
          .formatted(Amounts.count(records), exportedAt, export);
    }
    Table read = new Table("file", "read", "sent", "filtered", "bad");
    files.stream()
        .limit(MOST_ROWS)
        .forEach(
            file -> read.row(file.path(), file.read(), file.sent(), file.filtered(), file.bad()));
    Table sent = new Table("topic", "partition", "sent and acknowledged");
    partitions.stream()
        .limit(MOST_ROWS)
        .forEach(target -> sent.row(target.topic(), target.partition(), target.records()));
    String text =
        read
            + more(files.size(), "files")
            + sent
            + more(partitions.size(), "partitions")
            + "Exported %s: %s records in %.1f s (%s records/s), %s%n"
                .formatted(
                    export,
                    Amounts.count(records),
                    seconds,
                    Amounts.count((long) (records / Math.max(0.1, seconds))),
                    guarantee);
    return maybeRepeated == 0
        ? text
        : text + "At most " + Amounts.count(maybeRepeated) + " of them may be duplicates.\n";
  }

  private static String more(int rows, String what) {
    return rows <= MOST_ROWS
        ? ""
        : "... and " + (rows - MOST_ROWS) + " more " + what + " (--summary lists all)\n";
  }
}
