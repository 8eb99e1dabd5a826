package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to tell of records that cannot be read, since their transaction is not decided. */
public final class UndecidedNotice {
  private static final int NAMED = 10;

  private UndecidedNotice() {}

  /**
   * @param bootstrapServers for the command that finds the transaction
   * @return a text for people; empty if nothing is undecided
   */
  public static Optional<String> of(OffsetPlan plan, List<String> bootstrapServers) {
    List<PartitionPlan> undecided = plan.undecided();
    if (undecided.isEmpty()) {
      return Optional.empty();
    }
    PartitionPlan first = undecided.get(0);
    String rest =
        undecided.size() > NAMED
            ? " and more in " + Amounts.count(undecided.size() - NAMED) + " other partitions"
            : "";
    return Optional.of(
        "Written and not readable yet, since a transaction before them is neither committed nor"
            + " aborted: "
            + undecided.stream()
                .limit(NAMED)
                .map(UndecidedNotice::line)
                .collect(Collectors.joining("; "))
            + rest
            + ". A later run lands them when the transaction is decided. One that stays open is"
            + " found with Kafka's tool: kafka-transactions.sh --bootstrap-server "
            + String.join(",", bootstrapServers)
            + " find-hanging --topic "
            + first.partition().topic()
            + " --partition "
            + first.partition().partition()
            + ", and ended with its command abort.");
  }

  /**
   * Refuses what the policy does not take.
   *
   * @throws LoaderException with {@link ExitCode#UNDECIDED}
   */
  public static void check(OffsetPlan plan, UndecidedPolicy policy, List<String> bootstrapServers)
      throws LoaderException {
    Optional<String> notice = of(plan, bootstrapServers);
    if (policy == UndecidedPolicy.FAIL && notice.isPresent()) {
      throw new LoaderException(
          ExitCode.UNDECIDED,
          notice.get()
              + " Nothing landed, since --on-undecided is fail; warn lands what can be read.");
    }
  }

  private static String line(PartitionPlan partition) {
    return "%s offsets of %s from %d on (first seen %s)"
        .formatted(
            Amounts.count(partition.undecided()),
            partition.partition(),
            partition.end(),
            partition.undecidedSince());
  }
}
