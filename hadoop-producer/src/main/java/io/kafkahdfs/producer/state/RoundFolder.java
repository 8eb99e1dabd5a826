package io.kafkahdfs.producer.state;

import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.plan.PlannedSplit;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Where a round of an export keeps what its tasks have done, until its receipt is written. Each
 * plan has a folder of its own, made before it is saved, and never again: who comes late from a
 * round that is over finds nothing there, and cannot touch the round that runs.
 *
 * @param export the export that it is a round of
 * @param path its folder; that of the export in plans of earlier versions
 */
public record RoundFolder(ExportFolder export, Path path) {
  /** Whether it has a folder of its own. */
  public boolean isApart() {
    return !path.equals(export.path());
  }

  /** Where something is written before it takes its place; gone with the round. */
  public Path draft(String run) {
    // The export's own folder, where earlier versions kept all of it, stays.
    return new Path(isApart() ? path : progress(), run + ".draft");
  }

  public Path progress() {
    return new Path(path, "progress");
  }

  /**
   * The notes of the transactions of a split. Once it is gone, who comes late cannot send any more.
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
    for (PlannedSplit split : plan.splits()) {
      if (plan.guarantee() == Guarantee.EXACTLY_ONCE) {
        store.mkdirs(notes(plan.transactionalId(split.index())));
      } else if (isApart()) {
        store.mkdirs(new Path(progress(), split.index() + "-0"));
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
