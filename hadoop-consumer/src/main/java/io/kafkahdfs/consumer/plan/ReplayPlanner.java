package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import java.util.List;

/**
 * Plans to read a given range.
 *
 * @param topics what the cluster said of the range's topic
 */
public record ReplayPlanner(TopicsSnapshot topics, Tolerance onMissing) {
  /**
   * @throws InvalidSettingException if the partition does not exist, or ends before the range does
   * @throws LoaderException if retention removed some of the range ({@link ExitCode#DATA_LOST})
   */
  public OffsetPlan plan(OffsetRange range) throws LoaderException {
    PartitionSnapshot partition = topics.partitions().get(range.partition());
    if (partition == null) {
      throw new InvalidSettingException(
          "There is no partition "
              + range.partition()
              + " in this cluster. Correct --topic and --partition.");
    }
    OffsetRange there = partition.readable();
    if (range.until() > there.until()) {
      throw new InvalidSettingException(
          range.partition()
              + " ends at "
              + there.until()
              + (partition.undecided() > 0
                  ? " for now: the transaction of the "
                      + partition.undecided()
                      + " offsets behind it is neither committed nor aborted"
                  : "")
              + ". Set an --until of "
              + there.until()
              + " or less, not "
              + range.until()
              + ".");
    }
    long readFrom = Math.min(range.until(), Math.max(range.from(), there.from()));
    if (readFrom > range.from() && onMissing == Tolerance.FAIL) {
      throw new LoaderException(
          ExitCode.DATA_LOST,
          "Retention removed "
              + range.endingAt(readFrom)
              + "; "
              + range.partition()
              + " begins at "
              + there.from()
              + " now. Set --from "
              + there.from()
              + ", or --on-missing skip to land what is left.");
    }
    return new OffsetPlan(
        List.of(
            new PartitionPlan(
                range.partition(),
                range.from(),
                readFrom,
                range.until(),
                there.until(),
                ExpectedBytes.UNKNOWN,
                partition.leaderHost().orElse(null),
                false)),
        List.of());
  }
}
