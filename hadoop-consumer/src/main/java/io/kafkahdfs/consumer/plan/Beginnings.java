package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides where partitions begin that no earlier run has loaded. The start policy is asked for
 * those that were there when the load began, or when its topics were changed. What was created
 * since begins at offset 0: all of it came after the last run.
 */
record Beginnings(KafkaCluster cluster, StartPolicy start, History history) {
  /**
   * @param offset where a partition begins
   * @param pinned whether the next run would not put it there again
   */
  record Beginning(long offset, boolean pinned) {}

  /**
   * @param fresh partitions that no earlier run has loaded
   */
  Map<PartitionId, Beginning> of(Map<PartitionId, PartitionSnapshot> fresh) throws IOException {
    Map<PartitionId, Beginning> beginnings = new TreeMap<>();
    Set<PartitionId> undetermined = new HashSet<>();
    Set<String> loaded = history.topics();
    fresh.forEach(
        (partition, described) -> {
          if (isNewer(partition, loaded)) {
            // An earlier version may have seen it empty and not have written so.
            boolean known = history.watched().orElseThrow().everyPartition();
            beginnings.put(
                partition, new Beginning(known ? 0 : described.readable().from(), false));
          } else {
            undetermined.add(partition);
          }
        });
    if (start instanceof StartPolicy.Earliest) {
      undetermined.forEach(
          partition ->
              beginnings.put(
                  partition, new Beginning(fresh.get(partition).readable().from(), false)));
    } else if (start instanceof StartPolicy.Latest) {
      undetermined.forEach(
          partition ->
              beginnings.put(
                  partition, new Beginning(fresh.get(partition).readable().until(), true)));
    } else if (start instanceof StartPolicy.AtTime at) {
      cluster
          .offsetsAt(undetermined, at.time())
          .forEach((partition, offset) -> beginnings.put(partition, new Beginning(offset, true)));
    } else if (start instanceof StartPolicy.AtOffsets given && !fresh.isEmpty()) {
      named(given.file(), fresh, undetermined)
          .forEach((partition, offset) -> beginnings.put(partition, new Beginning(offset, true)));
    }
    return beginnings;
  }

  /** Whether a partition that no earlier run has loaded was created since the last one. */
  private boolean isNewer(PartitionId partition, Set<String> loaded) {
    return history.watched().isPresent()
        && (loaded.contains(partition.topic())
            || history.watched().get().topics().accepts(partition.topic()));
  }

  /** The offsets that a file names for partitions that are fresh. */
  private static Map<PartitionId, Long> named(
      String file, Map<PartitionId, PartitionSnapshot> fresh, Set<PartitionId> required)
      throws InvalidSettingException {
    Map<PartitionId, Long> named = OffsetsFile.read(file, "--start");
    named.keySet().retainAll(fresh.keySet());
    List<String> problems = new ArrayList<>();
    fresh.forEach(
        (partition, described) -> {
          Long offset = named.get(partition);
          long end = described.readable().until();
          if (offset == null && required.contains(partition)) {
            problems.add(
                file + " says nothing of " + partition + ", which is new. Add a line for it.");
          } else if (offset != null && offset > end) {
            problems.add(
                file + " says " + offset + " for " + partition + ", which ends at " + end + ".");
          }
        });
    if (!problems.isEmpty()) {
      throw new InvalidSettingException(problems);
    }
    return named;
  }
}
