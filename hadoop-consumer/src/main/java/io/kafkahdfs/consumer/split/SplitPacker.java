package io.kafkahdfs.consumer.split;

import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.run.MapCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes splits that are about equally long: it fills one after the other with its share of what is
 * left, so small partitions share a split and a large one is cut where a split is full. That makes
 * at most one cut for each split, and so few files.
 *
 * <p>A range has a cost of its own beside its bytes, counted in bytes that take as long. Else
 * thousands of small partitions would be one task.
 */
public final class SplitPacker {
  /** What a range costs that shares files with others: it is asked for and accounted for. */
  public static final long RANGE = 256 << 10;

  /** What a range costs that has a file of its own, which is created, closed and published, too. */
  public static final long RANGE_WITH_FILE = 1 << 20;

  /** A split may be so much longer than the mean, if that saves a cut. */
  private static final double LONGER = 0.08;

  /**
   * A split may lack this part of its share, if that saves a cut. What all of them lack together is
   * left to the last ones.
   */
  private static final double SHORTER = 0.02;

  private final double rangeCost;
  private final int most;
  private final List<PlannedSplit> splits = new ArrayList<>();
  private final double longest;

  /** Of all that is not in a split yet. */
  private double costLeft;

  private Filling filling;

  private SplitPacker(OffsetPlan plan, MapCount maps, double rangeCost) {
    double bytes = plan.partitions().stream().mapToDouble(SplitPacker::bytes).sum();
    // Who requests more tasks than a range each is worth wants to have them all the same.
    boolean requested = maps.requested().filter(most -> bytes < most * rangeCost).isPresent();
    this.rangeCost = requested ? 0 : rangeCost;
    double uncut =
        bytes
            + this.rangeCost
                * plan.partitions().stream().filter(each -> !each.range().isEmpty()).count();
    this.most = maps.of(uncut);
    // Each cut makes a range more.
    this.costLeft = uncut + this.rangeCost * Math.max(0, most - 1);
    this.longest = costLeft / Math.max(1, most) * (1 + LONGER);
  }

  /**
   * @param maps how many splits there are; fewer come when there are fewer offsets, never more
   * @param rangeCost {@link #RANGE} or {@link #RANGE_WITH_FILE}
   */
  public static List<PlannedSplit> pack(OffsetPlan plan, MapCount maps, long rangeCost) {
    SplitPacker packer = new SplitPacker(plan, maps, rangeCost);
    plan.partitions().forEach(packer::add);
    packer.endSplit();
    return packer.splits;
  }

  private static double bytes(PartitionPlan partition) {
    return partition.range().size() * partition.bytesPerRecord();
  }

  private void add(PartitionPlan partition) {
    OffsetRange rest = partition.range();
    while (!rest.isEmpty()) {
      if (filling == null) {
        filling = new Filling(costLeft / (most - splits.size()));
      }
      double cost = filling.cost + rangeCost + rest.size() * partition.bytesPerRecord();
      boolean fits = splits.size() + 1 >= most || cost <= filling.share;
      double room = filling.share - filling.cost - rangeCost;
      double least = Math.max(partition.bytesPerRecord(), filling.share * SHORTER);
      if (!fits && !filling.ranges.isEmpty() && room < least) {
        endSplit();
        continue;
      }
      boolean whole = fits || cost <= longest;
      long fitting = Math.max(1, (long) (room / partition.bytesPerRecord()));
      OffsetRange taken =
          whole ? rest : rest.endingAt(rest.from() + Math.min(fitting, rest.size()));
      filling.add(taken, partition);
      rest = rest.startingAt(taken.until());
      if (!rest.isEmpty()) {
        endSplit();
      }
    }
  }

  private void endSplit() {
    if (filling != null) {
      splits.add(filling.split());
      costLeft -= filling.cost;
      filling = null;
    }
  }

  /** A split that is being filled. */
  private final class Filling {
    private final List<OffsetRange> ranges = new ArrayList<>();
    private final Map<String, Double> bytesByHost = new HashMap<>();
    private final double share;
    private double bytes;
    private double cost;

    Filling(double share) {
      this.share = share;
    }

    void add(OffsetRange range, PartitionPlan partition) {
      double rangeBytes = range.size() * partition.bytesPerRecord();
      ranges.add(range);
      bytes += rangeBytes;
      cost += rangeCost + rangeBytes;
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
