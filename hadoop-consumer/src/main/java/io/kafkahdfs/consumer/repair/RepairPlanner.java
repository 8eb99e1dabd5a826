package io.kafkahdfs.consumer.repair;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.consumer.commit.RepairStep.Lost;
import io.kafkahdfs.consumer.plan.ExpectedBytes;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.write.Wanted;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.run.SplitSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Plans which offsets are read again for what is missing. Asks nobody.
 *
 * @param topics what the cluster said of the load's topics
 * @param expected bytes of records
 */
public record RepairPlanner(TopicsSnapshot topics, ExpectedBytes expected) {
  /** A partition is read in so many stretches at most; what lies between is left out again. */
  private static final int MOST_STRETCHES = 20;

  /**
   * What is read again.
   *
   * @param lost the files that are replaced by it
   * @param places which of the records that are read belong into files
   * @param leftAlone files whose offsets Kafka does not have, each with the reason, for people
   */
  public record Planned(
      OffsetPlan offsets,
      List<PlannedSplit> splits,
      List<Lost> lost,
      List<Wanted.Place> places,
      List<String> leftAlone) {}

  public Planned plan(List<Damage> damages) {
    List<String> leftAlone = new ArrayList<>();
    List<Lost> lost = new ArrayList<>();
    List<Wanted.Place> places = new ArrayList<>();
    SortedMap<PartitionId, List<OffsetRange>> wanted = new TreeMap<>();
    for (Damage damage : damages) {
      Optional<String> gone =
          damage.ranges().values().stream()
              .flatMap(List::stream)
              .flatMap(range -> gone(range).stream())
              .findFirst();
      if (gone.isPresent()) {
        damage.files().stream()
            .filter(Lost::missing)
            .forEach(file -> leftAlone.add(file.held().file().path() + ": " + gone.get()));
        continue;
      }
      lost.addAll(damage.files());
      places.addAll(damage.places());
      damage
          .ranges()
          .forEach(
              (partition, ranges) ->
                  wanted.computeIfAbsent(partition, ignored -> new ArrayList<>()).addAll(ranges));
    }
    wanted.replaceAll((partition, ranges) -> Ranges.atMost(MOST_STRETCHES, Ranges.united(ranges)));
    OffsetPlan offsets = offsets(wanted);
    wanted.replaceAll((partition, ranges) -> cut(partition, ranges));
    return new Planned(offsets, splits(wanted), lost, places, leftAlone);
  }

  private Optional<String> gone(OffsetRange range) {
    PartitionSnapshot partition = topics.partitions().get(range.partition());
    if (partition == null) {
      return Optional.of(range.partition() + " does not exist any more");
    }
    OffsetRange there = partition.readable();
    if (range.from() < there.from()) {
      return Optional.of(range + " is needed, and Kafka begins at " + there.from() + " now");
    }
    return range.until() > there.until()
        ? Optional.of(range + " is needed, and Kafka ends at " + there.until() + " now")
        : Optional.empty();
  }

  private OffsetPlan offsets(SortedMap<PartitionId, List<OffsetRange>> wanted) {
    List<PartitionPlan> partitions = new ArrayList<>();
    wanted.forEach(
        (partition, ranges) -> {
          PartitionSnapshot described = topics.partitions().get(partition);
          long from = ranges.get(0).from();
          partitions.add(
              new PartitionPlan(
                  partition,
                  from,
                  from,
                  ranges.get(ranges.size() - 1).until(),
                  described.readable().until(),
                  expected.of(partition),
                  described.leaderHost().orElse(null),
                  false));
        });
    return new OffsetPlan(partitions, List.of());
  }

  /** Ranges that one task can read. */
  private List<OffsetRange> cut(PartitionId partition, List<OffsetRange> ranges) {
    long most = Math.max(1, (long) (SplitSize.BYTES / expected.of(partition)));
    List<OffsetRange> cut = new ArrayList<>();
    for (OffsetRange range : ranges) {
      OffsetRange rest = range;
      while (rest.size() > most) {
        cut.add(rest.endingAt(rest.from() + most));
        rest = rest.startingAt(rest.from() + most);
      }
      cut.add(rest);
    }
    return cut;
  }

  /** A task reads each partition in one range, so the first ranges of all come, then the second. */
  private List<PlannedSplit> splits(SortedMap<PartitionId, List<OffsetRange>> wanted) {
    List<PlannedSplit> splits = new ArrayList<>();
    int most = wanted.values().stream().mapToInt(List::size).max().orElse(0);
    for (int layer = 0; layer < most; layer++) {
      List<OffsetRange> open = new ArrayList<>();
      double bytes = 0;
      for (List<OffsetRange> ranges : wanted.values()) {
        if (layer < ranges.size()) {
          OffsetRange range = ranges.get(layer);
          open.add(range);
          bytes += range.size() * expected.of(range.partition());
          if (bytes >= SplitSize.BYTES) {
            splits.add(split(open, bytes));
            open.clear();
            bytes = 0;
          }
        }
      }
      if (!open.isEmpty()) {
        splits.add(split(open, bytes));
      }
    }
    return splits;
  }

  private PlannedSplit split(List<OffsetRange> ranges, double bytes) {
    List<String> hosts =
        ranges.stream()
            .flatMap(range -> topics.partitions().get(range.partition()).leaderHost().stream())
            .distinct()
            .toList();
    return new PlannedSplit(ranges, hosts, (long) Math.ceil(bytes));
  }
}
