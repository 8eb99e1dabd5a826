package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.client.RecordLook;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.MayBeNull;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks that partitions are still the logs that were loaded: the last record that was read of each
 * must stand where it stood. A topic that was deleted and created again, or a partition that lost
 * records and got others in their place, would else be read from an offset that means nothing in
 * it. Asks the cluster and writes nothing.
 */
public final class FingerprintCheck {
  /** Of more partitions a message says only how many there are. */
  private static final int MOST_NAMED = 10;

  private final KafkaCluster cluster;
  private final ReadSettings settings;

  /**
   * @param settings how large a record may be
   */
  public FingerprintCheck(KafkaCluster cluster, ReadSettings settings) {
    this.cluster = cluster;
    this.settings = settings;
  }

  /**
   * What the check has seen.
   *
   * @param marks the last records before the plan's beginnings of those partitions of which no
   *     earlier run has left one that can be seen; for the next run to check
   * @param unchecked partitions that were loaded and of which the check could see nothing
   */
  public record Result(List<Mark> marks, List<Unchecked> unchecked) {
    /** Nothing was checked. */
    public static final Result NONE = new Result(List.of(), List.of());

    public Result {
      marks = List.copyOf(marks);
      unchecked = List.copyOf(unchecked);
    }

    /** The marks, by partition. */
    public Map<PartitionId, RecordFingerprint> marksByPartition() {
      return marks.stream().collect(Collectors.toMap(Mark::partition, Mark::fingerprint));
    }
  }

  /** A record before the offset that a run begins with. */
  public record Mark(PartitionId partition, RecordFingerprint fingerprint) {}

  /**
   * A partition that could not be checked.
   *
   * @param offset of the record that could not be seen; null if none is known
   * @param why to follow "offset N: "
   */
  public record Unchecked(String topic, int partition, @MayBeNull Long offset, String why) {
    @Override
    public String toString() {
      return topic
          + "-"
          + partition
          + " ("
          + (offset == null ? "" : "offset " + offset + ": ")
          + why
          + ")";
    }
  }

  /**
   * Checks the partitions of a plan.
   *
   * @param topics what the cluster said when the plan was made
   * @param history what the plan was made from
   * @return the plan with the result
   * @throws LoaderException if a partition is another log than the one that was loaded
   */
  public OffsetPlan check(OffsetPlan plan, TopicsSnapshot topics, History history)
      throws IOException {
    SortedMap<PartitionId, Long> begins = new TreeMap<>();
    for (PartitionPlan partition : plan.partitions()) {
      boolean loaded = history.checkpoint().next(partition.partition()).isPresent();
      if (loaded || partition.pinned()) {
        begins.put(partition.partition(), partition.from());
      }
    }
    return plan.with(check(begins, topics.partitions(), history));
  }

  /**
   * Checks partitions that were loaded.
   *
   * @param described what the cluster says of them
   * @throws LoaderException if one is another log than the one that was loaded
   */
  public Result check(Map<PartitionId, PartitionSnapshot> described, History history)
      throws IOException {
    SortedMap<PartitionId, Long> begins = new TreeMap<>(history.checkpoint().nextOffsets());
    begins.keySet().retainAll(described.keySet());
    return check(begins, described, history);
  }

  private Result check(
      SortedMap<PartitionId, Long> begins,
      Map<PartitionId, PartitionSnapshot> described,
      History history)
      throws IOException {
    Map<PartitionId, RecordLook> known = lookAtKnown(begins, described, history);
    Map<PartitionId, Long> unknown = new TreeMap<>();
    begins.forEach(
        (partition, from) -> {
          if (from > 0
              && (!known.containsKey(partition) || known.get(partition).record() == null)) {
            unknown.put(partition, from - 1);
          }
        });
    List<Mark> marks = new ArrayList<>();
    look(unknown, described)
        .forEach(
            (partition, look) -> {
              if (look.record() != null) {
                marks.add(new Mark(partition, look.record()));
              }
            });
    return new Result(marks, unchecked(unknown, known, history));
  }

  private Map<PartitionId, RecordLook> lookAtKnown(
      SortedMap<PartitionId, Long> begins,
      Map<PartitionId, PartitionSnapshot> described,
      History history)
      throws IOException {
    Map<PartitionId, RecordFingerprint> landed = new TreeMap<>(history.fingerprints());
    landed.keySet().retainAll(begins.keySet());
    Map<PartitionId, Long> offsets = new TreeMap<>();
    landed.forEach((partition, fingerprint) -> offsets.put(partition, fingerprint.offset()));
    Map<PartitionId, RecordLook> looks = look(offsets, described);
    List<String> others = new ArrayList<>();
    SortedMap<PartitionId, Long> ways = new TreeMap<>();
    landed.forEach(
        (partition, fingerprint) -> {
          RecordFingerprint now = looks.get(partition).record();
          if (now != null && !now.mayBeSameAs(fingerprint)) {
            others.add(
                partition
                    + " at offset "
                    + fingerprint.offset()
                    + " (was "
                    + fingerprint
                    + "; is "
                    + now
                    + ")");
            ways.put(partition, begins.get(partition));
          }
        });
    if (!others.isEmpty()) {
      throw another(others, ways);
    }
    return looks;
  }

  private Map<PartitionId, RecordLook> look(
      Map<PartitionId, Long> offsets, Map<PartitionId, PartitionSnapshot> described)
      throws IOException {
    Map<PartitionId, Long> there = new TreeMap<>();
    Map<PartitionId, RecordLook> looks = new TreeMap<>();
    offsets.forEach(
        (partition, offset) -> {
          OffsetRange readable = described.get(partition).readable();
          if (offset < readable.from()) {
            looks.put(partition, RecordLook.REMOVED);
          } else if (offset >= readable.until()) {
            looks.put(
                partition, RecordLook.unseen("the partition ends at " + readable.until() + " now"));
          } else {
            there.put(partition, offset);
          }
        });
    if (!there.isEmpty()) {
      looks.putAll(cluster.look(there, settings));
    }
    return looks;
  }

  private static List<Unchecked> unchecked(
      Map<PartitionId, Long> unknown, Map<PartitionId, RecordLook> known, History history) {
    List<Unchecked> unchecked = new ArrayList<>();
    for (PartitionId partition : unknown.keySet()) {
      RecordLook look = known.get(partition);
      if (look != null) {
        unchecked.add(
            new Unchecked(
                partition.topic(),
                partition.partition(),
                history.fingerprints().get(partition).offset(),
                look.why()));
      } else if (history.checkpoint().next(partition).isPresent()) {
        unchecked.add(
            new Unchecked(
                partition.topic(),
                partition.partition(),
                null,
                "the last commit knows no record of it"));
      }
    }
    return unchecked;
  }

  /** For people: a line, or nothing if all was checked. */
  public static String text(List<Unchecked> unchecked) {
    return unchecked.isEmpty()
        ? ""
        : "Could not check that these partitions still are what was loaded: "
            + named(unchecked.stream().map(Unchecked::toString).toList())
            + ".\n";
  }

  private static LoaderException another(List<String> others, SortedMap<PartitionId, Long> ways) {
    String topics =
        ways.keySet().stream().map(PartitionId::topic).distinct().collect(Collectors.joining(", "));
    PartitionId first = ways.firstKey();
    return new LoaderException(
        ExitCode.FAILURE,
        "Another record stands where the last one that landed stood: "
            + named(others)
            + ". The topic was deleted and created again, or its partition lost records, as after"
            + " an unclean leader election, and got others in their place. Those below the next"
            + " offset would never land. Load "
            + topics
            + " into a new --output, or leave it out with --exclude. To accept that they do not"
            + " land here: kafka-to-hdfs set-offsets --offset "
            + first.topic()
            + ":"
            + first.partition()
            + ":"
            + ways.get(first)
            + (ways.size() > 1 ? ", and so for each partition," : "")
            + " with --why; replay lands them in another output.");
  }

  private static String named(List<String> all) {
    String some = all.stream().limit(MOST_NAMED).collect(Collectors.joining("; "));
    return all.size() <= MOST_NAMED ? some : some + "; and " + (all.size() - MOST_NAMED) + " more";
  }
}
