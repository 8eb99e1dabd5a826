package io.kafkahdfs.producer.job;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.plan.FilePart;
import io.kafkahdfs.producer.plan.PlannedSplit;
import java.util.Set;

/** A plan as {@code --dry-run} prints it. */
final class PlanTable {
  private PlanTable() {}

  static String of(ExportPlan plan, boolean begun, Set<String> newTopics) {
    Table table = new Table("file", "from byte", "bytes", "split");
    for (PlannedSplit split : plan.splits()) {
      for (FilePart part : split.parts()) {
        table.row(part.file().path(), part.start(), part.length(), split.index());
      }
    }
    String topics =
        plan.topics().isEmpty() ? "no topic" : "topic " + String.join(", ", plan.topics());
    String text =
        "Planned: export %s, %s, %s in %d %s to %s%s%n"
            .formatted(
                plan.export(),
                plan.guarantee(),
                Amounts.bytes(plan.bytes()),
                plan.splits().size(),
                plan.splits().size() == 1 ? "split" : "splits",
                topics,
                begun ? ", begun " + plan.started() : "");
    if (!newTopics.isEmpty()) {
      text += "To be created: " + String.join(", ", newTopics) + "\n";
    }
    return table + text;
  }
}
