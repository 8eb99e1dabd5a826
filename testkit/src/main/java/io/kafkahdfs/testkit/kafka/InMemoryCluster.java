package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordLook;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A whole cluster in memory, for tests of what stands on {@link KafkaCluster}. It passes the same
 * contract as the real ones. Tests fill it through its own methods, or through {@link #tools()} as
 * they fill a real one. Closing it loses nothing. For any number of threads.
 */
public final class InMemoryCluster implements KafkaCluster {
  private final Generation generation;
  private final String clusterId = UUID.randomUUID().toString();
  private final SortedMap<PartitionId, InMemoryLog> logs = new TreeMap<>();
  private final Map<PartitionId, Optional<String>> leaders = new HashMap<>();
  private final Map<String, String> topicIds = new HashMap<>();
  private final Map<String, Map<String, String>> topicConfigs = new HashMap<>();
  private final Map<String, Map<PartitionId, Long>> published = new HashMap<>();
  private final InMemoryTransactions transactions = new InMemoryTransactions(this);

  /**
   * @param generation which it claims to be; in {@link Generation#MODERN} records have timestamps
   *     and headers, and there are transactions
   */
  public InMemoryCluster(Generation generation) {
    this.generation = generation;
  }

  /** Creates a topic; its partitions are led by {@code localhost}. */
  public void createTopic(String topic, int partitions) {
    createTopic(topic, partitions, Map.of());
  }

  /** Creates a topic with a configuration, of which {@link InMemoryRules} has what counts. */
  public synchronized void createTopic(String topic, int partitions, Map<String, String> config) {
    if (topicIds.putIfAbsent(topic, UUID.randomUUID().toString()) != null) {
      throw new IllegalArgumentException("Topic " + topic + " exists");
    }
    topicConfigs.put(topic, Map.copyOf(config));
    addPartitions(topic, partitions);
  }

  /** A topic's own configuration; empty if there is no such topic. */
  public synchronized Map<String, String> topicConfig(String topic) {
    return topicConfigs.getOrDefault(topic, Map.of());
  }

  /** Adds partitions to a topic, so that it has so many. */
  public synchronized void addPartitions(String topic, int partitions) {
    for (int i = 0; i < partitions; i++) {
      PartitionId partition = new PartitionId(topic, i);
      logs.putIfAbsent(partition, new InMemoryLog(partition, generation));
      leaders.putIfAbsent(partition, Optional.of("localhost"));
    }
  }

  /** Removes a topic with all its records. */
  public synchronized void deleteTopic(String topic) {
    topicIds.remove(topic);
    topicConfigs.remove(topic);
    transactions.forgetTopic(topic);
    logs.keySet().removeIf(partition -> partition.topic().equals(topic));
  }

  /** Says who leads a partition, if anybody. */
  public synchronized void setLeader(PartitionId partition, Optional<String> host) {
    leaders.put(partition, host);
  }

  /** Appends records, with the present time. */
  public void append(PartitionId partition, TestRecord... records) {
    append(partition, Instant.now(), records);
  }

  /** Appends records; those that have no timestamp get this one. */
  public void append(PartitionId partition, Instant time, TestRecord... records) {
    InMemoryLog log = existing(partition);
    for (TestRecord record : records) {
      if (!log.hasTimestamps() && (record.timestamp().isPresent() || !record.headers().isEmpty())) {
        throw new UnsupportedOperationException(generation + " knows no timestamps, no headers");
      }
      log.append(record, record.timestamp().orElse(time.toEpochMilli()), Optional.empty());
    }
  }

  /** Leaves the next offsets without records, as compaction and transactions do. */
  public void skip(PartitionId partition, int offsets) {
    existing(partition).skip(offsets);
  }

  /** Removes all records below an offset, as retention does. */
  public void removeBefore(PartitionId partition, long offset) {
    existing(partition).removeBefore(offset);
  }

  /** Loses all records from an offset on, as an unclean leader election does. */
  public void truncate(PartitionId partition, long offset) {
    existing(partition).truncate(offset);
  }

  /** Makes the record at an offset unreadable. */
  public void damage(PartitionId partition, long offset) {
    existing(partition).damage(offset);
  }

  /** The cluster as a target. Closing it loses nothing, and there may be several. */
  public KafkaTarget target() {
    return target(Map.of());
  }

  /**
   * The cluster as a target.
   *
   * @param client properties of Kafka's client; only {@code max.request.size} means something
   */
  public KafkaTarget target(Map<String, String> client) {
    String largest = client.getOrDefault("max.request.size", String.valueOf(Integer.MAX_VALUE));
    return new InMemoryTarget(this, Integer.parseInt(largest));
  }

  /** Forgets what is kept for a consumer group, as brokers do after a time. */
  public void forgetGroup(String group) {
    transactions.deleteProgress(Set.of(group));
    synchronized (this) {
      published.remove(group);
    }
  }

  /** Forgets a transactional id, as brokers do after a time; what it had open is aborted. */
  public void forgetTransactionalId(String id) {
    transactions.forgetId(id);
  }

  /** Aborts what a transactional id has open, and shuts its producer out, as a time-out does. */
  public void timeOutTransaction(String id) {
    transactions.timeOut(id);
  }

  InMemoryTransactions transactions() {
    return transactions;
  }

  /** Appends a record in a transaction. */
  synchronized long append(PartitionId partition, TestRecord record, InMemoryTransaction within) {
    InMemoryLog log = existing(partition);
    within.writesTo(log);
    return log.append(
        record,
        record.timestamp().orElseGet(() -> Instant.now().toEpochMilli()),
        Optional.of(within));
  }

  /** Appends a record, with the present time if it has none. */
  long append(PartitionId partition, TestRecord record) {
    return existing(partition)
        .append(
            record,
            record.timestamp().orElseGet(() -> Instant.now().toEpochMilli()),
            Optional.empty());
  }

  /** The same, by the tools that real clusters have too. */
  public KafkaTools tools() {
    return new InMemoryTools(this);
  }

  synchronized boolean has(PartitionId partition) {
    return logs.containsKey(partition);
  }

  /** How many partitions a topic has; 0 if it does not exist. */
  synchronized int partitionCount(String topic) {
    return (int) logs.keySet().stream().filter(id -> id.topic().equals(topic)).count();
  }

  /** The names of all topics. */
  synchronized Set<String> topics() {
    return new TreeSet<>(topicIds.keySet());
  }

  synchronized InMemoryLog existing(PartitionId partition) {
    InMemoryLog log = logs.get(partition);
    if (log == null) {
      throw new IllegalArgumentException("There is no partition " + partition);
    }
    return log;
  }

  private synchronized InMemoryLog log(PartitionId partition) throws LoaderException {
    InMemoryLog log = logs.get(partition);
    if (log == null) {
      throw new LoaderException(ExitCode.FAILURE, "Partition " + partition + " does not exist");
    }
    return log;
  }

  @Override
  public Generation generation() {
    return generation;
  }

  @Override
  public Isolation isolation() {
    return generation == Generation.MODERN ? Isolation.READ_COMMITTED : Isolation.READ_UNCOMMITTED;
  }

  @Override
  public Optional<String> clusterId() {
    return generation == Generation.MODERN ? Optional.of(clusterId) : Optional.empty();
  }

  @Override
  public boolean publishesOffsets() {
    return generation == Generation.MODERN;
  }

  @Override
  public synchronized void publishOffsets(String group, Map<PartitionId, Long> next)
      throws LoaderException {
    checkGroups(group);
    published.computeIfAbsent(group, g -> new HashMap<>()).putAll(next);
  }

  private void checkGroups(String group) throws LoaderException {
    if (!publishesOffsets()) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING, "Offsets cannot be published as group " + group + " here");
    }
  }

  @Override
  public synchronized Map<PartitionId, Long> publishedOffsets(String group) throws LoaderException {
    checkGroups(group);
    return groupOffsets(group);
  }

  /** What a group has, published or committed in transactions. */
  synchronized Map<PartitionId, Long> groupOffsets(String group) {
    Map<PartitionId, Long> offsets = new HashMap<>(published.getOrDefault(group, Map.of()));
    transactions
        .progress(group)
        .forEach((partition, progress) -> offsets.put(partition, progress.done()));
    return offsets;
  }

  @Override
  public synchronized TopicsSnapshot describe(TopicFilter topics) {
    SortedMap<String, String> ids = new TreeMap<>();
    SortedMap<PartitionId, PartitionSnapshot> partitions = new TreeMap<>();
    Set<String> internal = new TreeSet<>();
    logs.forEach(
        (partition, log) -> {
          String topic = partition.topic();
          if (topics.accepts(topic)) {
            partitions.put(partition, log.snapshot(leaders.get(partition)));
            if (generation == Generation.MODERN) {
              ids.put(topic, topicIds.get(topic));
            }
          } else if (topics.leavesOut(topic, false)) {
            internal.add(topic);
          }
        });
    return new TopicsSnapshot(ids, partitions, internal);
  }

  @Override
  public Map<PartitionId, Long> offsetsAt(Set<PartitionId> partitions, Instant time)
      throws LoaderException {
    Map<PartitionId, Long> offsets = new HashMap<>();
    for (PartitionId partition : partitions) {
      offsets.put(partition, log(partition).offsetAt(time.toEpochMilli()));
    }
    return offsets;
  }

  @Override
  public Map<PartitionId, RecordLook> look(Map<PartitionId, Long> offsets, ReadSettings settings)
      throws LoaderException {
    Map<PartitionId, RecordLook> looks = new HashMap<>();
    for (Map.Entry<PartitionId, Long> entry : offsets.entrySet()) {
      looks.put(entry.getKey(), log(entry.getKey()).look(entry.getValue(), hides(settings)));
    }
    return looks;
  }

  @Override
  public RangeReader read(List<OffsetRange> ranges, ReadSettings settings) {
    return new InMemoryRangeReader(this::log, ranges, settings, hides(settings));
  }

  private boolean hides(ReadSettings settings) {
    return isolation() == Isolation.READ_COMMITTED
        && settings.isolation().orElse(isolation()) == Isolation.READ_COMMITTED;
  }

  @Override
  public void close() {
    // There is nothing to free, and what is in it shall outlive the job that it is handed to.
  }
}
