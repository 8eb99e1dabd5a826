package io.kafkahdfs.producer.job;

import io.kafkahdfs.client.RecordPart;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.plan.ExportPlan;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what an export promises. */
final class Promise {
  private Promise() {}

  /**
   * @param lost what these brokers do not keep of a record
   */
  static String text(ExportPlan plan, Set<RecordPart> lost) {
    String text =
        "Export "
            + plan.export()
            + (plan.guarantee() == Guarantee.EXACTLY_ONCE
                ? ": exactly once. Consumers that read committed records only see each record"
                    + " once, a transaction at a time.\n"
                : ": at least once. No record gets lost. What a task has sent since it last saved"
                    + " its progress, usually less than a second's work, is sent again if it dies,"
                    + " and a batch if no answer comes; the result says how many duplicates"
                    + " there are at most.\n");
    return lost.isEmpty()
        ? text
        : text
            + "These brokers keep no "
            + lost.stream()
                .map(part -> part.name().toLowerCase(Locale.ROOT))
                .map(name -> name.endsWith("s") ? name : name + "s")
                .collect(Collectors.joining(" and no "))
            + ": those of archive records are left out.\n";
  }
}
