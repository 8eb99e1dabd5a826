package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Publishes the next offsets as those of a consumer group, so that lag tools see the load. */
public final class GroupOffsetsStep implements AfterCommitStep {
  private final Connection kafka;
  private final String group;
  private final Set<PartitionId> there;

  /** Connects to the cluster that is loaded from. */
  @FunctionalInterface
  public interface Connection {
    KafkaCluster connect() throws IOException;
  }

  /**
   * @param there the partitions that exist; a group can have no offsets of others
   */
  public GroupOffsetsStep(Connection kafka, String group, Set<PartitionId> there) {
    this.kafka = kafka;
    this.group = group;
    this.there = Set.copyOf(there);
  }

  @Override
  public boolean isDone(Commit commit) throws IOException {
    try (KafkaCluster cluster = kafka.connect()) {
      return cluster.publishedOffsets(group).entrySet().containsAll(offsets(commit).entrySet());
    }
  }

  @Override
  public void carryOut(Commit commit) throws IOException {
    try (KafkaCluster cluster = kafka.connect()) {
      cluster.publishOffsets(group, offsets(commit));
    }
  }

  private Map<PartitionId, Long> offsets(Commit commit) {
    Map<PartitionId, Long> next = new TreeMap<>();
    for (Commit.Next entry : commit.next()) {
      if (there.contains(entry.id())) {
        next.put(entry.id(), entry.offset());
      }
    }
    return next;
  }

  @Override
  public String undone() {
    return "its offsets could not be published as those of the group " + group;
  }

  @Override
  public String toString() {
    return "publishing the offsets of the group " + group;
  }
}
