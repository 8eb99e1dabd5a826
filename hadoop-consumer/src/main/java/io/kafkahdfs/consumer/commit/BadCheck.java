package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.consumer.plan.BadLimit;
import io.kafkahdfs.consumer.write.BadRecord;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetTally;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Holds the bad records of a run against how many there may be. */
final class BadCheck {
  /** So many are named. */
  private static final int NAMED = 5;

  private BadCheck() {}

  /**
   * @param limit null for none
   * @param first some of those that are bad
   * @throws LoaderException if there are more; its message names some
   */
  static void of(BadLimit limit, List<Commit.Partition> partitions, List<BadRecord> first)
      throws LoaderException {
    OffsetTally tally =
        partitions.stream()
            .map(Commit.Partition::tally)
            .reduce(OffsetTally.NONE, OffsetTally::plus);
    long read = tally.read() + tally.bad();
    if (limit == null || !limit.isExceeded(tally.bad(), read)) {
      return;
    }
    String named =
        first.stream()
            .sorted(
                Comparator.comparing((BadRecord bad) -> bad.offsets().partition())
                    .thenComparing(bad -> bad.offsets().from()))
            .limit(NAMED)
            .map(BadRecord::toString)
            .collect(Collectors.joining("; "));
    throw new LoaderException(
        ExitCode.FAILURE,
        Amounts.count(tally.bad())
            + " of "
            + Amounts.count(read)
            + " records are bad, and --max-bad is "
            + limit
            + ". The first ones: "
            + named
            + ". Nothing was committed, and the next run reads the same offsets again. Mend what"
            + " makes them bad, or raise --max-bad.");
  }
}
