package io.kafkahdfs.consumer.job;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.consumer.plan.FingerprintCheck;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A plan as {@code --dry-run} prints it. */
final class PlanTable {
  private PlanTable() {}

  static String of(RunPlan plan) {
    Map<PartitionId, PartitionPlan> partitions =
        plan.offsets().partitions().stream()
            .collect(Collectors.toMap(PartitionPlan::partition, Function.identity()));
    Table table =
        new Table("topic", "partition", "from", "until", "records", "estimated bytes", "split");
    List<PlannedSplit> splits = plan.splits();
    long bytes = 0;
    for (int split = 0; split < splits.size(); split++) {
      for (OffsetRange range : splits.get(split).ranges()) {
        PartitionPlan partition = partitions.get(range.partition());
        long rangeBytes = (long) Math.ceil(range.size() * partition.bytesPerRecord());
        bytes += rangeBytes;
        table.row(
            range.partition().topic(),
            range.partition().partition(),
            range.from(),
            range.until(),
            range.size(),
            rangeBytes,
            split);
      }
    }
    StringBuilder text = new StringBuilder(table.toString());
    for (PartitionPlan partition : plan.offsets().partitions()) {
      if (!partition.lost().isEmpty()) {
        text.append("Lost to retention: ").append(partition.lost()).append('\n');
      }
    }
    for (PartitionPlan partition : plan.offsets().partitions()) {
      if (partition.leftOut() > 0) {
        text.append("Left out by --start: ").append(partition.leftOutRange()).append('\n');
      }
    }
    for (PartitionPlan partition : plan.offsets().undecided()) {
      text.append(
          "Undecided: %s [%d, %d), first seen %s%n"
              .formatted(
                  partition.partition(),
                  partition.end(),
                  partition.highWatermark(),
                  partition.undecidedSince()));
    }
    long left = plan.offsets().left();
    if (left > 0) {
      text.append("Left for later runs: %s offsets%n".formatted(Amounts.count(left)));
    }
    if (!plan.offsets().internalTopics().isEmpty()) {
      text.append("Left out, since they are Kafka's own: ")
          .append(String.join(", ", plan.offsets().internalTopics()))
          .append('\n');
    }
    text.append(FingerprintCheck.text(plan.offsets().check().unchecked()));
    text.append(
        "Planned: %s records, about %s, in %d %s%n"
            .formatted(
                Amounts.count(plan.offsets().offsets()),
                Amounts.bytes(bytes),
                splits.size(),
                splits.size() == 1 ? "split" : "splits"));
    return text.toString();
  }
}
