package io.kafkahdfs.modern;

import io.kafkahdfs.client.FetchAheadReader;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordLook;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.modern.admin.GroupOffsets;
import io.kafkahdfs.modern.admin.TopicLister;
import io.kafkahdfs.modern.admin.TopicsDescriber;
import io.kafkahdfs.modern.connection.Connection;
import io.kafkahdfs.modern.read.RangesFetcher;
import io.kafkahdfs.modern.read.RecordLooker;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A cluster that is spoken to with today's client. */
final class ModernCluster implements KafkaCluster {
  private final Connection connection;
  private final TopicLister topics;
  private final TopicsDescriber describer;

  ModernCluster(Connection connection) {
    this.connection = connection;
    this.topics = new TopicLister(connection);
    this.describer = new TopicsDescriber(connection, topics);
  }

  @Override
  public Generation generation() {
    return Generation.MODERN;
  }

  @Override
  public Isolation isolation() {
    return connection.brokers().isolation();
  }

  @Override
  public Optional<String> clusterId() {
    return connection.clusterId();
  }

  @Override
  public TopicsSnapshot describe(TopicFilter filter) throws IOException {
    return describer.describe(filter);
  }

  @Override
  public Map<PartitionId, Long> offsetsAt(Set<PartitionId> partitions, Instant time)
      throws IOException {
    return describer.offsetsAt(partitions, time);
  }

  @Override
  public Map<PartitionId, RecordLook> look(Map<PartitionId, Long> offsets, ReadSettings settings)
      throws IOException {
    topics.refuseToCreate(offsets.keySet());
    return new RecordLooker(connection.properties(), connection.brokers()).look(offsets, settings);
  }

  @Override
  public RangeReader read(List<OffsetRange> ranges, ReadSettings settings) throws IOException {
    topics.refuseToCreate(ranges.stream().map(OffsetRange::partition).collect(Collectors.toSet()));
    RangesFetcher fetcher =
        new RangesFetcher(ranges, settings, connection.properties(), connection.brokers());
    return FetchAheadReader.start(ranges, fetcher::fetchAll, settings.fetchAhead());
  }

  @Override
  public boolean publishesOffsets() {
    return true;
  }

  @Override
  public void publishOffsets(String group, Map<PartitionId, Long> next) throws IOException {
    new GroupOffsets(connection.questions()).publish(group, next);
  }

  @Override
  public Map<PartitionId, Long> publishedOffsets(String group) throws IOException {
    return new GroupOffsets(connection.questions()).published(group);
  }

  @Override
  public void close() {
    connection.close();
  }
}
