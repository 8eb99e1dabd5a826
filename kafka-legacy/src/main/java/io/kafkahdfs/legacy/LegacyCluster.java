package io.kafkahdfs.legacy;

import io.kafkahdfs.client.FetchAheadReader;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordLook;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.legacy.admin.LeaderFinder;
import io.kafkahdfs.legacy.admin.OffsetLister;
import io.kafkahdfs.legacy.connection.BrokerAddress;
import io.kafkahdfs.legacy.connection.ClientOptions;
import io.kafkahdfs.legacy.read.RangesFetcher;
import io.kafkahdfs.legacy.read.RecordLooker;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A cluster that is spoken to with Kafka 0.9's {@code SimpleConsumer}. */
final class LegacyCluster implements KafkaCluster {
  private final ClientOptions options;
  private final LeaderFinder leaders;
  private final OffsetLister offsets;

  LegacyCluster(ClientOptions options, LeaderFinder leaders) {
    this.options = options;
    this.leaders = leaders;
    this.offsets = new OffsetLister(leaders, options);
  }

  @Override
  public Generation generation() {
    return Generation.LEGACY;
  }

  @Override
  public Isolation isolation() {
    return Isolation.READ_UNCOMMITTED;
  }

  @Override
  public Optional<String> clusterId() {
    return Optional.empty();
  }

  @Override
  public boolean publishesOffsets() {
    return false;
  }

  @Override
  public void publishOffsets(String group, Map<PartitionId, Long> next) throws LoaderException {
    throw withoutGroups(group);
  }

  @Override
  public Map<PartitionId, Long> publishedOffsets(String group) throws LoaderException {
    throw withoutGroups(group);
  }

  private static LoaderException withoutGroups(String group) {
    return new LoaderException(
        ExitCode.WRONG_SETTING,
        "Offsets cannot be published as group "
            + group
            + " with the client of Kafka 0.9. Leave --group out.");
  }

  /** {@inheritDoc} These brokers know neither ids nor transactions. */
  @Override
  public TopicsSnapshot describe(TopicFilter topics) throws IOException {
    SortedMap<PartitionId, Optional<BrokerAddress>> leading = new TreeMap<>();
    Set<String> internal = new TreeSet<>();
    leaders
        .refresh()
        .leaders()
        .forEach(
            (partition, leader) -> {
              if (topics.accepts(partition.topic())) {
                leading.put(partition, leader);
              } else if (topics.leavesOut(partition.topic(), false)) {
                internal.add(partition.topic());
              }
            });
    SortedMap<PartitionId, PartitionSnapshot> partitions = new TreeMap<>();
    offsets
        .available(leading.keySet())
        .forEach(
            (partition, range) ->
                partitions.put(
                    partition,
                    new PartitionSnapshot(
                        leading.get(partition).map(BrokerAddress::host), range, range.until())));
    return new TopicsSnapshot(new TreeMap<>(), partitions, internal);
  }

  /**
   * {@inheritDoc} Brokers compare with the time at which a segment was last written. All records of
   * the segment that they name were written before the time, but for those of a file system that
   * keeps whole seconds; beginning with it, and not behind it, is safe there too.
   */
  @Override
  public Map<PartitionId, Long> offsetsAt(Set<PartitionId> partitions, Instant time)
      throws IOException {
    // Negative numbers mean something else to a broker: -1 the latest, -2 the earliest.
    long before = Math.max(0, time.toEpochMilli() - 1);
    Map<PartitionId, Long> found = new HashMap<>();
    Set<PartitionId> newer = new HashSet<>();
    for (Map.Entry<PartitionId, Optional<Long>> entry :
        offsets.before(partitions, before).entrySet()) {
      if (entry.getValue().isPresent()) {
        found.put(entry.getKey(), entry.getValue().get());
      } else {
        newer.add(entry.getKey());
      }
    }
    offsets.available(newer).forEach((partition, range) -> found.put(partition, range.from()));
    return found;
  }

  @Override
  public Map<PartitionId, RecordLook> look(Map<PartitionId, Long> offsets, ReadSettings settings)
      throws IOException {
    return new RecordLooker(offsets, settings, leaders, options).look();
  }

  @Override
  public RangeReader read(List<OffsetRange> ranges, ReadSettings settings) {
    RangesFetcher fetcher = new RangesFetcher(ranges, settings, options, leaders);
    return FetchAheadReader.start(ranges, fetcher::fetchAll, settings.fetchAhead());
  }

  @Override
  public void close() {
    // Each question had its own connection, and each reader has its own.
  }
}
