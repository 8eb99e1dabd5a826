package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final PlanPolicy policy;

  public OffsetPlanner(KafkaCluster cluster, TopicFilter topics, PlanPolicy policy) {
    this.cluster = cluster;
    this.topics = topics;
    this.policy = policy;
  }

  /**
   * @param snapshot what the cluster said of the topics
   * @param history what earlier runs of the load left
   * @param now the time of the run, ISO 8601
   * @throws InvalidSettingException if a topic that was named does not exist and was never loaded,
   *     or a start or an end does not fit
   * @throws LoaderException if retention removed what was to be read ({@link ExitCode#DATA_LOST}),
   *     or a partition ends before the checkpoint
   */
  public OffsetPlan plan(TopicsSnapshot snapshot, History history, String now) throws IOException {
    SortedMap<PartitionId, PartitionSnapshot> partitions = snapshot.partitions();
    Set<PartitionId> loaded = history.checkpoint().nextOffsets().keySet();
    checkNamedTopics(partitions.keySet(), loaded);
    Map<PartitionId, PartitionSnapshot> fresh = new TreeMap<>(partitions);
    fresh.keySet().removeAll(loaded);
    Map<PartitionId, Beginnings.Beginning> beginnings =
        new Beginnings(cluster, policy.start(), history).of(fresh);
    Map<PartitionId, Long> from = new TreeMap<>();
    for (PartitionId partition : partitions.keySet()) {
      OptionalLong next = history.checkpoint().next(partition);
      from.put(partition, next.orElseGet(() -> beginnings.get(partition).offset()));
    }
    checkNotRecreated(partitions, from);
    Map<PartitionId, Long> ends = new Endings(cluster, policy.end()).of(partitions);
    // An earlier run may have come further: there is no way back.
    ends.replaceAll((partition, end) -> Math.max(end, from.get(partition)));
    Map<PartitionId, OffsetRange> missing = missing(partitions, from, ends);
    ExpectedBytes expected = new ExpectedBytes(history.bytesPerRecord());
    List<PartitionPlan> plans = new ArrayList<>();
    partitions.forEach(
        (partition, described) ->
            plans.add(
                plan(
                    described,
                    from.get(partition),
                    ends.get(partition),
                    Optional.ofNullable(missing.get(partition)),
                    Optional.ofNullable(beginnings.get(partition)),
                    history,
                    expected.of(partition),
                    now)));
    return new OffsetPlan(
        policy.limits().apply(plans),
        loaded.stream()
            .filter(partition -> !partitions.containsKey(partition))
            .filter(partition -> topics.accepts(partition.topic()))
            .toList(),
        FingerprintCheck.Result.NONE,
        history.watched().isEmpty() && !(policy.start() instanceof StartPolicy.Earliest),
        List.copyOf(snapshot.internalTopics()));
  }

  private static PartitionPlan plan(
      PartitionSnapshot described,
      long from,
      long until,
      Optional<OffsetRange> missing,
      Optional<Beginnings.Beginning> beginning,
      History history,
      double expectedBytes,
      String now) {
    PartitionId partition = described.partition();
    OffsetRange there = described.readable();
    // An earlier run that was told to read undecided records has come further than is readable.
    long end = Math.max(from, there.until());
    long undecided = described.highWatermark() - end;
    Optional<String> since =
        undecided == 0 ? Optional.empty() : history.undecidedSince(partition, end);
    return new PartitionPlan(
        partition,
        from,
        missing.map(OffsetRange::until).orElse(from),
        until,
        end,
        expectedBytes,
        described.leaderHost().orElse(null),
        beginning.filter(Beginnings.Beginning::pinned).isPresent()
            || undecided > 0 && since.isEmpty(),
        beginning.map(fresh -> Math.max(0, from - there.from())).orElse(0L),
        undecided,
        undecided == 0 ? null : since.orElse(now));
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
              + " in this cluster. Correct --topic, create the topic, or set a pattern with"
              + " --include, which may match nothing yet.");
    }
  }

  private static void checkNotRecreated(
      Map<PartitionId, PartitionSnapshot> partitions, Map<PartitionId, Long> from)
      throws LoaderException {
    List<String> recreated = new ArrayList<>();
    partitions.forEach(
        (partition, described) -> {
          if (from.get(partition) > described.highWatermark()) {
            recreated.add(
                partition
                    + " ends at "
                    + described.highWatermark()
                    + " and was read to "
                    + from.get(partition));
          }
        });
    if (!recreated.isEmpty()) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "The topic was deleted and created again, or another cluster is asked: "
              + String.join("; ", recreated)
              + ". Load it into a new --output, or leave it out with --exclude.");
    }
  }

  /**
   * What retention removed of that which is to be read; made sure of before it is accepted or
   * refused.
   */
  private Map<PartitionId, OffsetRange> missing(
      Map<PartitionId, PartitionSnapshot> partitions,
      Map<PartitionId, Long> from,
      Map<PartitionId, Long> ends)
      throws IOException {
    Map<PartitionId, OffsetRange> gaps = new TreeMap<>();
    partitions.forEach(
        (partition, described) -> {
          long first = Math.min(described.readable().from(), ends.get(partition));
          if (first > from.get(partition)) {
            gaps.put(partition, new OffsetRange(partition, from.get(partition), first));
          }
        });
    Map<PartitionId, OffsetRange> missing = new GapCheck(cluster).confirm(gaps);
    missing.values().removeIf(OffsetRange::isEmpty);
    if (!missing.isEmpty() && policy.onMissing() == Tolerance.FAIL) {
      throw new LoaderException(
          ExitCode.DATA_LOST,
          "Retention removed records before they were read: "
              + missing.values().stream()
                  .map(range -> range + " (" + range.size() + " offsets)")
                  .collect(Collectors.joining(", "))
              + ". To accept the loss, record it and continue, set --on-missing skip.");
    }
    return missing;
  }
}
