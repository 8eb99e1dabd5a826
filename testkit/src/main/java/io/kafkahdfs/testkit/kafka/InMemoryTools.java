package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.offset.PartitionId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tools of an {@link InMemoryCluster}. Its codecs all do nothing. */
final class InMemoryTools implements KafkaTools {
  private final InMemoryCluster cluster;

  InMemoryTools(InMemoryCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Set<Codec> codecs() {
    return EnumSet.allOf(Codec.class);
  }

  @Override
  public Set<Capability> capabilities() {
    return cluster.generation() == Generation.MODERN
        ? EnumSet.of(
            Capability.TIMESTAMPS,
            Capability.HEADERS,
            Capability.TRANSACTIONS,
            Capability.DELETE_RECORDS,
            Capability.CLUSTER_ID,
            Capability.TOPIC_IDS,
            Capability.PUBLISHED_OFFSETS)
        : Set.of();
  }

  @Override
  public void createTopic(
      String topic, int partitions, int replication, Map<String, String> config) {
    cluster.createTopic(topic, partitions, config);
  }

  @Override
  public void addPartitions(String topic, int partitions) {
    cluster.addPartitions(topic, partitions);
  }

  @Override
  public void deleteTopic(String topic) {
    cluster.deleteTopic(topic);
  }

  @Override
  public Set<String> topics() {
    return cluster.topics();
  }

  @Override
  public void send(PartitionId partition, Codec codec, Iterable<TestRecord> records) {
    records.forEach(record -> cluster.append(partition, record));
  }

  @Override
  public OpenTransaction beginTransaction(PartitionId partition, List<TestRecord> records) {
    if (!capabilities().contains(Capability.TRANSACTIONS)) {
      throw new UnsupportedOperationException("This generation has no transactions");
    }
    InMemoryTransaction transaction = new InMemoryTransaction();
    records.forEach(record -> cluster.append(partition, record, transaction));
    return transaction;
  }

  @Override
  public void read(PartitionId partition, Reader reader) {
    cluster.existing(partition).read(reader);
  }

  @Override
  public long removeBefore(PartitionId partition, long offset) {
    cluster.removeBefore(partition, offset);
    return offset;
  }

  @Override
  public void deleteRecords(PartitionId partition, long before) {
    if (!capabilities().contains(Capability.DELETE_RECORDS)) {
      throw new UnsupportedOperationException("This generation cannot delete records");
    }
    cluster.removeBefore(partition, before);
  }

  @Override
  public Map<PartitionId, Long> groupOffsets(String group) {
    return cluster.groupOffsets(group);
  }

  @Override
  public void awaitCompaction(PartitionId partition) {
    cluster.existing(partition).compact();
  }

  @Override
  public int leader(PartitionId partition) {
    return 0;
  }

  @Override
  public Set<Integer> inSync(PartitionId partition) {
    return Set.of(0);
  }

  @Override
  public void close() {
    // Nothing is its own.
  }
}
