package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.PartitionInfo;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Plans to read a given range. Asks the cluster and writes nothing.
 *
 * @param topics accepts the range's topic
 */
public record ReplayPlanner(KafkaCluster cluster, TopicFilter topics, Tolerance onMissing) {
  /**
   * @throws InvalidSettingException if the partition does not exist, or ends before the range does
   * @throws LoaderException if retention removed some of the range ({@link ExitCode#DATA_LOST})
   */
  public OffsetPlan plan(OffsetRange range) throws IOException {
    PartitionInfo info = cluster.partitions(topics).get(range.partition());
    if (info == null) {
      throw new InvalidSettingException(
          "There is no partition "
              + range.partition()
              + " in this cluster. Correct --topic and --partition.");
    }
    OffsetRange there = cluster.available(Set.of(range.partition())).get(range.partition());
    if (range.until() > there.until()) {
      throw new InvalidSettingException(
          range.partition()
              + " ends at "
              + there.until()
              + ". Give an --until of "
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
              + " now. Give --from "
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
                History.UNKNOWN_BYTES_PER_RECORD,
                info.leaderHost().orElse(null),
                false)),
        List.of());
  }
}
