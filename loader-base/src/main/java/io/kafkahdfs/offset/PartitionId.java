package io.kafkahdfs.offset;

import java.util.Comparator;
import java.util.Objects;

/**
 * A partition of a topic. Ordered by topic, then by number.
 *
 * @param topic the topic's name, not empty
 * @param partition the partition's number, 0 or more
 */
public record PartitionId(String topic, int partition) implements Comparable<PartitionId> {
  private static final Comparator<PartitionId> ORDER =
      Comparator.comparing(PartitionId::topic).thenComparingInt(PartitionId::partition);

  public PartitionId {
    Objects.requireNonNull(topic, "topic");
    if (topic.isEmpty()) {
      throw new IllegalArgumentException("A topic's name is empty");
    }
    if (partition < 0) {
      throw new IllegalArgumentException(
          "Partition " + partition + " of " + topic + " is negative");
    }
  }

  @Override
  public int compareTo(PartitionId other) {
    return ORDER.compare(this, other);
  }

  /**
   * Written out, since it is asked for every record: a record's own is slow until it is compiled.
   */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof PartitionId that
            && partition == that.partition
            && topic.equals(that.topic));
  }

  @Override
  public int hashCode() {
    return 31 * topic.hashCode() + partition;
  }

  /** As Kafka writes it: {@code events-0}. */
  @Override
  public String toString() {
    return topic + "-" + partition;
  }
}
