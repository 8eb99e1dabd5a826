package io.kafkahdfs.producer.job;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.Exports;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Removes what only an unfinished export needs, once its receipt is written. Repeatable. */
final class TidyStep {
  private final Exports exports;
  private final ExportFolder folder;

  TidyStep(Exports exports, ExportFolder folder) {
    this.exports = exports;
    this.folder = folder;
  }

  /** Whether a run that wrote the receipt died before it had tidied up. */
  boolean isDue() throws IOException {
    return exports.store().entry(folder.reports()).isPresent();
  }

  void run(KafkaTarget target) throws IOException {
    Optional<ExportPlan> plan = exports.read(folder.plan(), ExportPlan.class);
    if (plan.isPresent() && plan.get().guarantee() == Guarantee.EXACTLY_ONCE) {
      Optional<Transactions> transactions = target.transactions();
      if (transactions.isPresent()) {
        transactions
            .get()
            .deleteProgress(
                plan.get().splits().stream()
                    .map(split -> plan.get().transactionalId(split.index()))
                    .collect(Collectors.toSet()));
      }
    }
    exports.store().delete(folder.progress());
    exports.store().delete(folder.failures());
    // Last: they tell that tidying is due.
    exports.store().delete(folder.reports());
  }
}
