package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.consumer.config.StartPolicy;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides which offsets a run reads. Asks the cluster and writes nothing. */
public final class OffsetPlanner {
  private final KafkaCluster cluster;
  private final TopicFilter topics;
  private final StartPolicy start;
  private final Tolerance onMissing;
  private final RunLimits limits;

  public OffsetPlanner(
      KafkaCluster cluster,
      TopicFilter topics,
      StartPolicy start,
      Tolerance onMissing,
      RunLimits limits) {
    this.cluster = cluster;
    this.topics = topics;
    this.start = start;
    this.onMissing = onMissing;
    this.limits = limits;
  }

  /**
   * @param snapshot what the cluster said of the topics
   * @param history what earlier runs of the load left
   * @throws InvalidSettingException if a topic that was named does not exist and was never loaded,
   *     or a start offset does not fit
   * @throws LoaderException if retention removed what was to be read ({@link ExitCode#DATA_LOST}),
   *     or a partition ends before the checkpoint
   */
  public OffsetPlan plan(TopicsSnapshot snapshot, History history) throws IOException {
    SortedMap<PartitionId, PartitionSnapshot> partitions = snapshot.partitions();
    Set<PartitionId> loaded = history.checkpoint().nextOffsets().keySet();
    checkNamedTopics(partitions.keySet(), loaded);
    Map<PartitionId, OffsetRange> available = snapshot.readable();
    Map<PartitionId, Long> starts = starts(partitions.keySet(), loaded, available);

    List<PartitionPlan> plans = new ArrayList<>();
    List<String> recreated = new ArrayList<>();
    List<OffsetRange> missing = new ArrayList<>();
    partitions.forEach(
        (partition, info) -> {
          OffsetRange there = available.get(partition);
          OptionalLong next = history.checkpoint().next(partition);
          long from = next.orElseGet(() -> starts.get(partition));
          if (from > there.until()) {
            recreated.add(partition + " ends at " + there.until() + " and was read to " + from);
            return;
          }
          long readFrom = Math.max(from, there.from());
          if (readFrom > from) {
            missing.add(new OffsetRange(partition, from, readFrom));
          }
          plans.add(
              new PartitionPlan(
                  partition,
                  from,
                  readFrom,
                  there.until(),
                  there.until(),
                  history.expectedBytes(partition),
                  info.leaderHost().orElse(null),
                  next.isEmpty() && !(start instanceof StartPolicy.Earliest)));
        });
    checkNotRecreated(recreated);
    checkNothingMissing(missing);
    return new OffsetPlan(
        limits.apply(plans),
        loaded.stream()
            .filter(partition -> !partitions.containsKey(partition))
            .filter(partition -> topics.accepts(partition.topic()))
            .toList());
  }

  private void checkNamedTopics(Set<PartitionId> found, Set<PartitionId> loaded)
      throws InvalidSettingException {
    Set<String> known = new TreeSet<>();
    found.forEach(partition -> known.add(partition.topic()));
    loaded.forEach(partition -> known.add(partition.topic()));
    List<String> unknown =
        topics.names().stream()
            .filter(topics::accepts)
            .filter(topic -> !known.contains(topic))
            .toList();
    if (!unknown.isEmpty()) {
      throw new InvalidSettingException(
          "There is no topic "
              + String.join(", ", unknown)
              + " in this cluster. Correct --topic, create the topic, or give a pattern with"
              + " --include, which may match nothing yet.");
    }
  }

  private Map<PartitionId, Long> starts(
      Set<PartitionId> partitions, Set<PartitionId> loaded, Map<PartitionId, OffsetRange> available)
      throws IOException {
    Set<PartitionId> fresh = new TreeSet<>(partitions);
    fresh.removeAll(loaded);
    Map<PartitionId, Long> starts = new TreeMap<>();
    if (fresh.isEmpty()) {
      return starts;
    }
    if (start instanceof StartPolicy.Earliest) {
      fresh.forEach(partition -> starts.put(partition, available.get(partition).from()));
    } else if (start instanceof StartPolicy.Latest) {
      fresh.forEach(partition -> starts.put(partition, available.get(partition).until()));
    } else if (start instanceof StartPolicy.AtTime at) {
      starts.putAll(cluster.offsetsAt(fresh, at.time()));
    } else if (start instanceof StartPolicy.AtOffsets given) {
      starts.putAll(givenStarts(given.file(), fresh, available));
    }
    return starts;
  }

  private static Map<PartitionId, Long> givenStarts(
      String file, Set<PartitionId> fresh, Map<PartitionId, OffsetRange> available)
      throws InvalidSettingException {
    Map<PartitionId, Long> given = StartOffsets.read(file);
    List<String> problems = new ArrayList<>();
    for (PartitionId partition : fresh) {
      Long offset = given.get(partition);
      OffsetRange there = available.get(partition);
      if (offset == null) {
        problems.add(file + " says nothing of " + partition + ", which is new. Add a line for it.");
      } else if (offset > there.until()) {
        problems.add(
            file
                + " says "
                + offset
                + " for "
                + partition
                + ", which ends at "
                + there.until()
                + ".");
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingException(problems);
    }
    given.keySet().retainAll(fresh);
    return given;
  }

  private static void checkNotRecreated(List<String> recreated) throws LoaderException {
    if (!recreated.isEmpty()) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "The topic was deleted and created again, or another cluster is asked: "
              + String.join("; ", recreated)
              + ". Load it into a new --output, or leave it out with --exclude.");
    }
  }

  private void checkNothingMissing(List<OffsetRange> missing) throws LoaderException {
    if (!missing.isEmpty() && onMissing == Tolerance.FAIL) {
      throw new LoaderException(
          ExitCode.DATA_LOST,
          "Retention removed records before they were read: "
              + missing.stream()
                  .map(range -> range + " (" + range.size() + " offsets)")
                  .collect(Collectors.joining(", "))
              + ". To accept the loss, record it and go on, give --on-missing skip.");
    }
  }
}
