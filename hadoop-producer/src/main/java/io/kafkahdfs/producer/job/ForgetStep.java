package io.kafkahdfs.producer.job;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.Exports;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * Puts a finished round away, so that {@code --again} begins anew. While the receipt is in its
 * place the round is done; from the moment that it is not there is no plan either.
 *
 * <p>Both are renamed to names that they alone can have, and stay there. So a run that stood still
 * in here while others have put them away finds these names taken, and cannot put away the plan of
 * the round that runs.
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

  /**
   * @throws LoaderException if another run has begun the next round
   */
  void run(Receipt receipt, KafkaTarget target) throws IOException {
    tidy.run(receipt, target);
    Path oldPlan = folder.oldPlan(receipt.roundName());
    try {
      exports.store().rename(folder.plan(), oldPlan);
    } catch (FileNotFoundException | FileAlreadyExistsException e) {
      // A run that died here has put it away already; the receipt tells whether this one is late.
    }
    try {
      // From here on a new round begins.
      exports.store().rename(folder.receipt(), folder.oldReceipt(receipt.roundName()));
    } catch (FileNotFoundException | FileAlreadyExistsException e) {
      throw late(e);
    }
  }

  private LoaderException late(IOException cause) {
    return new LoaderException(
        ExitCode.BUSY,
        "Another run has begun to send export "
            + folder.export()
            + " once more, or has done so. This one has sent nothing.",
        cause);
  }
}
