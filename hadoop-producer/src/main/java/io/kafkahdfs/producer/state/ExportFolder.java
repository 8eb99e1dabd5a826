package io.kafkahdfs.producer.state;

import io.kafkahdfs.producer.plan.ExportPlan;
import org.apache.hadoop.fs.Path;

/**
 * Where an export keeps its plan, its progress and its receipt.
 *
 * @param path a folder of its own
 * @param export the export's id
 */
public record ExportFolder(Path path, String export) {
  public Path plan() {
    return new Path(path, "plan.json");
  }

  /** Says that the export is done, and what became of every record. */
  public Path receipt() {
    return new Path(path, "receipt.json");
  }

  /** The receipt of an earlier round, which {@code --again} has put away. */
  public Path oldReceipt(String round) {
    return new Path(path, "receipt-" + round + ".json");
  }

  /** The plan of an earlier round, which {@code --again} has put away. */
  public Path oldPlan(String round) {
    return new Path(path, "plan-" + round + ".json");
  }

  /** Whether a name in the folder is that of such a receipt. */
  public static boolean isOldReceipt(String name) {
    return name.startsWith("receipt-") && name.endsWith(".json");
  }

  /** Where a plan's round keeps what it does. */
  public RoundFolder round(ExportPlan plan) {
    return new RoundFolder(
        this, plan.round() == null ? path : new Path(path, "round-" + plan.round()));
  }
}
