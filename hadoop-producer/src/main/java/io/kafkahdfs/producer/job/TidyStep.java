package io.kafkahdfs.producer.job;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.producer.state.RoundFolder;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * Removes what only an unfinished round needs, once its receipt is written. Repeatable, and touches
 * no other round.
 */
final class TidyStep {
  private final Exports exports;
  private final ExportFolder folder;

  TidyStep(Exports exports, ExportFolder folder) {
    this.exports = exports;
    this.folder = folder;
  }

  /** Whether the run that wrote the receipt died before it had tidied up. */
  boolean isDue(Receipt receipt) throws IOException {
    Optional<ExportPlan> plan = plan(receipt);
    return plan.isPresent()
        && exports.store().entry(lastRemoved(folder.round(plan.get()))).isPresent();
  }

  private static Path lastRemoved(RoundFolder round) {
    return round.isApart() ? round.path() : round.reports();
  }

  void run(Receipt receipt, KafkaTarget target) throws IOException {
    Optional<ExportPlan> plan = plan(receipt);
    if (plan.isPresent()) {
      run(plan.get(), target);
    }
  }

  void run(ExportPlan plan, KafkaTarget target) throws IOException {
    if (plan.guarantee() == Guarantee.EXACTLY_ONCE) {
      Optional<Transactions> transactions = target.transactions();
      if (transactions.isPresent()) {
        transactions
            .get()
            .deleteProgress(
                plan.splits().stream()
                    .map(split -> plan.transactionalId(split.index()))
                    .collect(Collectors.toSet()));
      }
    }
    RoundFolder round = folder.round(plan);
    exports.store().delete(round.progress());
    exports.store().delete(round.failures());
    // Last: they tell that tidying is due.
    exports.store().delete(round.reports());
    if (round.isApart()) {
      exports.store().delete(round.path());
    }
  }

  /** The plan of a receipt, unless it is put away, and perhaps another one in its place. */
  private Optional<ExportPlan> plan(Receipt receipt) throws IOException {
    return exports.read(folder.plan(), ExportPlan.class).filter(receipt::isOf);
  }
}
