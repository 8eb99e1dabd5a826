package io.kafkahdfs.producer.job;

import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.time.Instant;
import org.apache.hadoop.fs.Path;

/** Sums up the reports of all splits: the export is done. */
final class ReceiptStep {
  private final FileStore store;
  private final ExportFolder folder;
  private final SplitReports reports;

  ReceiptStep(FileStore store, ExportFolder folder, SplitReports reports) {
    this.store = store;
    this.folder = folder;
    this.reports = reports;
  }

  /**
   * @param draft where the receipt is written first
   */
  Receipt run(ExportPlan plan, Path draft, Instant now) throws IOException {
    Receipt receipt = Receipt.of(plan, reports.all(plan), now.toString());
    // The commit point: from here on the export is done.
    AtomicFile.create(store, draft, folder.receipt(), Json.writeSealed(receipt));
    return receipt;
  }
}
