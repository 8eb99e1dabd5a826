package io.kafkahdfs.producer.job;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.AtomicFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.FileAlreadyExistsException;

/** Sums up the reports of all splits: the export is done. */
final class ReceiptStep {
  private final Exports exports;
  private final ExportFolder folder;
  private final SplitReports reports;

  ReceiptStep(Exports exports, ExportFolder folder, SplitReports reports) {
    this.exports = exports;
    this.folder = folder;
    this.reports = reports;
  }

  /**
   * @param run the run's id
   * @return the receipt, which another run may have written
   * @throws LoaderException if the round is over, and another one runs
   */
  Receipt run(ExportPlan plan, String run, Instant now) throws IOException {
    Receipt receipt = Receipt.of(plan, reports.all(plan), now.toString());
    try {
      // The commit point: from here on the export is done. It is drafted in the round's folder, so
      // that who comes late cannot write it in another round.
      AtomicFile.create(
          exports.store(),
          folder.round(plan).draft(run),
          folder.receipt(),
          Json.writeSealed(receipt));
      return receipt;
    } catch (FileNotFoundException | FileAlreadyExistsException e) {
      Optional<Receipt> other =
          exports.read(folder.receipt(), Receipt.class).filter(found -> found.isOf(plan));
      return other.orElseThrow(
          () ->
              new LoaderException(
                  ExitCode.BUSY,
                  "Another run has finished export "
                      + folder.export()
                      + " meanwhile. Run the same command again: it says so.",
                  e));
    }
  }
}
