package io.kafkahdfs.consumer.split;

import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.run.SplitSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes splits of about equal bytes: it fills one after the other, so small partitions share a
 * split and a large one is cut where a split is full. That makes at most one cut for each split,
 * and so few files.
 */
public final class SplitPacker {
  /** How many splits at most when no number of maps is requested. */
  static final int MOST_SPLITS = 20;

  /** Up to this part of a split's bytes may be too many or missing, if that saves a cut. */
  private static final double SLACK = 0.1;

  private SplitPacker() {}

  /**
   * @param maps how many splits are requested; fewer come when there are fewer offsets, never more
   */
  public static List<PlannedSplit> pack(OffsetPlan plan, Optional<Integer> maps) {
    double total = plan.partitions().stream().mapToDouble(SplitPacker::bytes).sum();
    int most = maps.orElse((int) Math.min(MOST_SPLITS, Math.ceil(total / SplitSize.BYTES)));
    double target = total / Math.max(1, most);
    List<PlannedSplit> splits = new ArrayList<>();
    Filling filling = new Filling();
    for (PartitionPlan partition : plan.partitions()) {
      OffsetRange rest = partition.range();
      while (!rest.isEmpty()) {
        double room = target - filling.bytes;
        boolean last = splits.size() + 1 >= most;
        if (!last && room < target * SLACK) {
          splits.add(filling.split());
          filling = new Filling();
          continue;
        }
        long fitting = Math.max(1, (long) (room / partition.bytesPerRecord()));
        boolean whole = last || rest.size() * partition.bytesPerRecord() <= room + target * SLACK;
        OffsetRange taken =
            whole ? rest : rest.endingAt(rest.from() + Math.min(fitting, rest.size()));
        filling.add(taken, partition);
        rest = rest.startingAt(taken.until());
      }
    }
    if (!filling.ranges.isEmpty()) {
      splits.add(filling.split());
    }
    return splits;
  }

  private static double bytes(PartitionPlan partition) {
    return partition.range().size() * partition.bytesPerRecord();
  }

  /** A split that is being filled. */
  private static final class Filling {
    private final List<OffsetRange> ranges = new ArrayList<>();
    private final Map<String, Double> bytesByHost = new HashMap<>();
    private double bytes;

    void add(OffsetRange range, PartitionPlan partition) {
      double rangeBytes = range.size() * partition.bytesPerRecord();
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last).partition().equals(range.partition())) {
        // It continues where that one ends; a task reads each partition in one range.
        ranges.set(
            last, new OffsetRange(range.partition(), ranges.get(last).from(), range.until()));
      } else {
        ranges.add(range);
      }
      bytes += rangeBytes;
      if (partition.leaderHost() != null) {
        bytesByHost.merge(partition.leaderHost(), rangeBytes, Double::sum);
      }
    }

    PlannedSplit split() {
      List<String> hosts =
          bytesByHost.entrySet().stream()
              .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
              .map(Map.Entry::getKey)
              .toList();
      return new PlannedSplit(ranges, hosts, (long) Math.ceil(bytes));
    }
  }
}
