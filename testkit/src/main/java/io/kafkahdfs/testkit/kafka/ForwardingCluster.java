package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordLook;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks another cluster. Extended by tests whose cluster is at fault in one thing. */
public class ForwardingCluster implements KafkaCluster {
  private final KafkaCluster cluster;

  protected ForwardingCluster(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Generation generation() {
    return cluster.generation();
  }

  @Override
  public Isolation isolation() {
    return cluster.isolation();
  }

  @Override
  public Optional<String> clusterId() throws IOException {
    return cluster.clusterId();
  }

  @Override
  public TopicsSnapshot describe(TopicFilter topics) throws IOException {
    return cluster.describe(topics);
  }

  @Override
  public Map<PartitionId, Long> offsetsAt(Set<PartitionId> partitions, Instant time)
      throws IOException {
    return cluster.offsetsAt(partitions, time);
  }

  @Override
  public Map<PartitionId, RecordLook> look(Map<PartitionId, Long> offsets, ReadSettings settings)
      throws IOException {
    return cluster.look(offsets, settings);
  }

  @Override
  public RangeReader read(List<OffsetRange> ranges, ReadSettings settings) throws IOException {
    return cluster.read(ranges, settings);
  }

  @Override
  public boolean publishesOffsets() {
    return cluster.publishesOffsets();
  }

  @Override
  public void publishOffsets(String group, Map<PartitionId, Long> next) throws IOException {
    cluster.publishOffsets(group, next);
  }

  @Override
  public Map<PartitionId, Long> publishedOffsets(String group) throws IOException {
    return cluster.publishedOffsets(group);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
