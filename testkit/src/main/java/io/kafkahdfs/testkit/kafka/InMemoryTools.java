package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.offset.PartitionId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

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
  public void createTopic(
      String topic, int partitions, int replication, Map<String, String> config) {
    cluster.createTopic(topic, partitions);
  }

  @Override
  public Set<String> topics() {
    TopicFilter all =
        new TopicFilter(Set.of(), Optional.of(Pattern.compile(".*")), Optional.empty());
    Set<String> topics = new TreeSet<>();
    cluster.partitions(all).keySet().forEach(partition -> topics.add(partition.topic()));
    return topics;
  }

  @Override
  public void send(PartitionId partition, Codec codec, Iterable<TestRecord> records) {
    records.forEach(record -> cluster.append(partition, record));
  }

  @Override
  public List<Long> offsets(PartitionId partition) {
    return cluster.existing(partition).offsets();
  }

  @Override
  public long removeBefore(PartitionId partition, long offset) {
    cluster.removeBefore(partition, offset);
    return offset;
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
  public void close() {
    // Nothing is its own.
  }
}
