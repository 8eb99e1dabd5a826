package io.kafkahdfs.producer.job;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.Exports;
import java.io.IOException;

/**
 * Puts a finished export away, so that {@code --again} begins anew. While the receipt is in its
 * place the export is done; from the moment that it is not there is no plan either.
 */
final class ForgetStep {
  private final Exports exports;
  private final ExportFolder folder;
  private final TidyStep tidy;

  ForgetStep(Exports exports, ExportFolder folder, TidyStep tidy) {
    this.exports = exports;
    this.folder = folder;
    this.tidy = tidy;
  }

  void run(Receipt receipt, KafkaTarget target) throws IOException {
    tidy.run(target);
    exports.store().delete(folder.plan());
    // From here on a new round begins.
    exports.store().replace(folder.receipt(), folder.oldReceipt(receipt.started()));
  }
}
