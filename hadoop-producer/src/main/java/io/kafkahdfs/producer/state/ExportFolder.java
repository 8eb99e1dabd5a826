package io.kafkahdfs.producer.state;

import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.plan.PlannedSplit;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.List;
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
  public Path oldReceipt(String started) {
    return new Path(path, "receipt-" + started.replace(':', '-') + ".json");
  }

  /** Whether a name in the folder is that of such a receipt. */
  public static boolean isOldReceipt(String name) {
    return name.startsWith("receipt-") && name.endsWith(".json");
  }

  public Path progress() {
    return new Path(path, "progress");
  }

  /** How far a split came, where brokers cannot keep it. */
  public Path progress(int split) {
    return new Path(progress(), split + ".json");
  }

  /**
   * The notes of the transactions of a split. Made with the plan, and never again: once it is gone,
   * who comes late cannot send any more.
   *
   * @param transactionalId the split's, which it shares with that of no other plan
   */
  public Path notes(String transactionalId) {
    return new Path(progress(), transactionalId);
  }

  public Path reports() {
    return new Path(path, "reports");
  }

  /** What became of a split that is done. */
  public Path report(int split) {
    return new Path(reports(), split + ".json");
  }

  public Path failures() {
    return new Path(path, "failures");
  }

  /**
   * Makes the folders without which nothing can be sent. Only before the plan is saved: a run that
   * stood still while another one finished the export must not make them again.
   */
  public void createProgress(FileStore store, ExportPlan plan) throws IOException {
    store.mkdirs(progress());
    if (plan.guarantee() == Guarantee.EXACTLY_ONCE) {
      for (PlannedSplit split : plan.splits()) {
        store.mkdirs(notes(plan.transactionalId(split.index())));
      }
    }
  }

  /** Makes the folders that every run needs. */
  public void create(FileStore store) throws IOException {
    for (Path folder : List.of(reports(), failures())) {
      store.mkdirs(folder);
    }
  }
}
