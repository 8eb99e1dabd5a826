package io.kafkahdfs.producer.commit;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.plan.ExportIdentity;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.plan.InputFile;
import io.kafkahdfs.producer.plan.TargetNote;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.StoredValue;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says that an export is done, and what became of every record.
 *
 * @param export its id
 * @param user who planned it
 * @param host where
 * @param started when it was planned, ISO 8601
 * @param ended when it was done, ISO 8601
 * @param bootstrapServers which cluster it sent to
 * @param identity what it exported
 * @param guarantee what it promised
 * @param inputs the files as they were
 * @param files what became of their records
 * @param partitions where records were sent
 * @param records how many records were sent in all
 * @param maybeRepeated how many duplicates there are at most
 * @param target the topics as they were when it was planned; null if an earlier version did that
 * @param leftOpen the files that were left out because they were still being written
 * @param round that of the plan; null if an earlier version made it
 */
public record Receipt(
    String export,
    String user,
    String host,
    String started,
    String ended,
    List<String> bootstrapServers,
    ExportIdentity identity,
    Guarantee guarantee,
    List<InputFile> inputs,
    List<SplitReport.File> files,
    List<SplitReport.Partition> partitions,
    long records,
    long maybeRepeated,
    @AddedLater TargetNote target,
    @AddedLater List<String> leftOpen,
    @AddedLater String round) {
  public Receipt {
    bootstrapServers = List.copyOf(bootstrapServers);
    inputs = List.copyOf(inputs);
    files = List.copyOf(files);
    partitions = List.copyOf(partitions);
    leftOpen = leftOpen == null ? List.of() : List.copyOf(leftOpen);
    StoredValue.notNegative("records", records, maybeRepeated);
    StoredValue.time("started", started);
    StoredValue.time("ended", ended);
    StoredValue.distinct("files", files, SplitReport.File::path);
    if (round != null) {
      StoredValue.name("round", round);
    }
  }

  /** Sums up the reports of all splits of a plan. */
  public static Receipt of(ExportPlan plan, List<SplitReport> reports, String ended) {
    SortedMap<String, SplitReport.File> files = new TreeMap<>();
    SortedMap<PartitionId, SplitReport.Partition> partitions = new TreeMap<>();
    for (SplitReport report : reports) {
      report.files().forEach(file -> files.merge(file.path(), whole(file), Receipt::sum));
      for (SplitReport.Partition partition : report.partitions()) {
        partitions.merge(
            new PartitionId(partition.topic(), partition.partition()), partition, Receipt::sum);
      }
    }
    return new Receipt(
        plan.export(),
        plan.user(),
        plan.host(),
        plan.started(),
        ended,
        plan.bootstrapServers(),
        plan.identity(),
        plan.guarantee(),
        List.copyOf(plan.files()),
        List.copyOf(files.values()),
        List.copyOf(partitions.values()),
        reports.stream().mapToLong(SplitReport::records).sum(),
        reports.stream().mapToLong(SplitReport::maybeRepeated).sum(),
        plan.target(),
        plan.leftOpen(),
        plan.round());
  }

  /** The round in names of files. */
  public String roundName() {
    return round == null ? started.replace(':', '-') : round;
  }

  /** Whether it is the receipt of a plan, and not of another round. */
  public boolean isOf(ExportPlan plan) {
    return Objects.equals(round, plan.round()) && started.equals(plan.started());
  }

  private static SplitReport.File whole(SplitReport.File part) {
    return new SplitReport.File(
        part.path(), 0, part.read(), part.sent(), part.filtered(), part.bad());
  }

  private static SplitReport.File sum(SplitReport.File one, SplitReport.File other) {
    return new SplitReport.File(
        one.path(),
        0,
        one.read() + other.read(),
        one.sent() + other.sent(),
        one.filtered() + other.filtered(),
        one.bad() + other.bad());
  }

  /** Of several splits nobody knows which order their records have. */
  private static SplitReport.Partition sum(SplitReport.Partition one, SplitReport.Partition other) {
    boolean isWhole = one.sum() != null && other.sum() != null;
    return new SplitReport.Partition(
        one.topic(),
        one.partition(),
        one.records() + other.records(),
        isWhole
            ? HexFormat.of()
                .toHexDigits(
                    HexFormat.fromHexDigitsToLong(one.sum())
                        + HexFormat.fromHexDigitsToLong(other.sum()))
            : null,
        null);
  }
}
