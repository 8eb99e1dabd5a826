package io.kafkahdfs.consumer.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How much one run may read. Spread fairly: no partition gets less than another unless it has no
 * more, and what cannot be divided goes to those with most to read.
 *
 * @param maxRecords most offsets, at least 1
 * @param maxBytes most bytes of keys and values, as estimated, at least 1
 */
public record RunLimits(Optional<Long> maxRecords, Optional<Long> maxBytes) {
  public static final RunLimits NONE = new RunLimits(Optional.empty(), Optional.empty());

  /** The same partitions, with their ranges ended early where the limits want it. */
  List<PartitionPlan> apply(List<PartitionPlan> partitions) {
    List<PartitionPlan> limited = partitions;
    if (maxBytes.isPresent()) {
      long[] bytes = partitions.stream().mapToLong(PartitionPlan::estimatedBytes).toArray();
      limited = limit(limited, recordsOf(partitions, share(bytes, maxBytes.get())));
    }
    if (maxRecords.isPresent()) {
      long[] sizes = limited.stream().mapToLong(partition -> partition.range().size()).toArray();
      limited = limit(limited, share(sizes, maxRecords.get()));
    }
    return limited;
  }

  private static List<PartitionPlan> limit(List<PartitionPlan> partitions, long[] records) {
    List<PartitionPlan> limited = new ArrayList<>();
    for (int i = 0; i < records.length; i++) {
      PartitionPlan partition = partitions.get(i);
      limited.add(partition.endingAt(partition.readFrom() + records[i]));
    }
    return limited;
  }

  private static long[] recordsOf(List<PartitionPlan> partitions, long[] bytes) {
    long[] records = new long[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      PartitionPlan partition = partitions.get(i);
      records[i] =
          Math.min(partition.range().size(), (long) (bytes[i] / partition.bytesPerRecord()));
    }
    if (Arrays.stream(records).sum() == 0) {
      // A limit below one record would stop the load for ever: let the fullest have one.
      IntStream.range(0, records.length)
          .boxed()
          .max(Comparator.comparingLong(i -> partitions.get(i).range().size()))
          .ifPresent(i -> records[i] = Math.min(1, partitions.get(i).range().size()));
    }
    return records;
  }

  /** Divides a total so that nobody gets more than it wants and nobody less than it could. */
  static long[] share(long[] wishes, long total) {
    Integer[] bySize = IntStream.range(0, wishes.length).boxed().toArray(Integer[]::new);
    Arrays.sort(bySize, Comparator.comparingLong(i -> wishes[i]));
    long[] shares = new long[wishes.length];
    long left = total;
    for (int i = 0; i < bySize.length; i++) {
      int index = bySize[i];
      shares[index] = Math.min(wishes[index], left / (bySize.length - i));
      left -= shares[index];
    }
    return shares;
  }
}
