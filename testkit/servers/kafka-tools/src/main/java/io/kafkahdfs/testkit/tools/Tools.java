package io.kafkahdfs.testkit.tools;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.BrokerConsole;
import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.OpenTransaction;
import io.kafkahdfs.testkit.kafka.TestHeader;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The tools of Kafka 0.10.2 and newer. What brokers have no request for, or older ones have none
 * for yet, goes through their consoles. Not for several threads.
 */
final class Tools implements KafkaTools {
  private final BrokerVersion version;
  private final String bootstrapServers;
  private final BrokerConsole console;
  private final Admin admin;
  private final Producers producers;
  private final TopicConfigs configs;

  /** One for each broker, to ask it what it knows. */
  private final Map<String, Admin> brokers = new LinkedHashMap<>();

  Tools(BrokerVersion version, String bootstrapServers, BrokerConsole console) {
    this.version = version;
    this.bootstrapServers = bootstrapServers;
    this.console = console;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.producers = new Producers(bootstrapServers);
    this.configs = new TopicConfigs(version, admin, console);
    for (String broker : bootstrapServers.split(",")) {
      brokers.put(broker, Admin.create(Map.of("bootstrap.servers", broker)));
    }
  }

  @Override
  public Set<Codec> codecs() {
    return version.codecs();
  }

  @Override
  public Set<Capability> capabilities() {
    return version.capabilities();
  }

  private void require(Capability capability) {
    if (!capabilities().contains(capability)) {
      throw new UnsupportedOperationException(version + " lacks " + capability);
    }
  }

  @Override
  public void createTopic(String topic, int partitions, int replication, Map<String, String> config)
      throws IOException {
    Map<String, String> known = new HashMap<>(config);
    if (version.hidesSmallSegments() && config.containsKey("segment.bytes")) {
      known.put("internal.segment.bytes", known.remove("segment.bytes"));
    }
    NewTopic newTopic = new NewTopic(topic, partitions, (short) replication).configs(known);
    Patience.await(
        "Topic " + topic,
        () -> {
          try {
            Patience.answer(admin.createTopics(List.of(newTopic)).all());
            return true;
          } catch (IOException e) {
            // Brokers that are not there yet, or a topic of this name that is not quite gone.
            if (e.getCause() instanceof InvalidReplicationFactorException
                || (e.getCause() instanceof TopicExistsException && !topics().contains(topic))) {
              return false;
            }
            throw e;
          }
        });
    awaitPartitions(topic, partitions);
  }

  @Override
  public void allow(String user, String topic, String... rights) throws IOException {
    ResourcePattern resource = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
    List<AclBinding> given = new ArrayList<>();
    for (String right : rights) {
      given.add(
          new AclBinding(
              resource,
              new AccessControlEntry(
                  "User:" + user, "*", AclOperation.valueOf(right), AclPermissionType.ALLOW)));
    }
    Patience.answer(admin.createAcls(given).all());
    for (Map.Entry<String, Admin> broker : brokers.entrySet()) {
      Patience.await(
          "Rights of " + user + " on " + broker.getKey(),
          () ->
              Patience.answer(
                      broker
                          .getValue()
                          .describeAcls(
                              new AclBindingFilter(
                                  resource.toFilter(), AccessControlEntryFilter.ANY))
                          .values())
                  .containsAll(given));
    }
  }

  private void awaitPartitions(String topic, int partitions) throws IOException {
    for (Map.Entry<String, Admin> broker : brokers.entrySet()) {
      Patience.await(
          "Topic " + topic + " on " + broker.getKey(),
          () -> {
            Optional<TopicDescription> known = describe(broker.getValue(), topic);
            return known.isPresent()
                && known.get().partitions().size() == partitions
                && known.get().partitions().stream().allMatch(info -> exists(info.leader()));
          });
    }
  }

  private static Optional<TopicDescription> describe(Admin admin, String topic) throws IOException {
    try {
      return Optional.of(
          Patience.answer(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)));
    } catch (IOException e) {
      if (e.getCause() instanceof RetriableException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean exists(Node node) {
    return node != null && !node.isEmpty();
  }

  @Override
  public void addPartitions(String topic, int partitions) throws IOException {
    if (version.addsPartitions()) {
      Patience.answer(
          admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all());
    } else {
      console.ask(leader(new PartitionId(topic, 0)), "partitions " + topic + " " + partitions);
    }
    awaitPartitions(topic, partitions);
  }

  @Override
  public void deleteTopic(String topic) throws IOException {
    Patience.answer(admin.deleteTopics(List.of(topic)).all());
    for (Map.Entry<String, Admin> broker : brokers.entrySet()) {
      Patience.await(
          "The end of topic " + topic + " on " + broker.getKey(),
          () -> !topics(broker.getValue()).contains(topic));
    }
  }

  @Override
  public Set<String> topics() throws IOException {
    return topics(admin);
  }

  private static Set<String> topics(Admin admin) throws IOException {
    return Patience.answer(admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
  }

  @Override
  public void send(PartitionId partition, Codec codec, Iterable<TestRecord> records)
      throws IOException {
    producers.send(partition, codec, records);
  }

  @Override
  public OpenTransaction beginTransaction(PartitionId partition, List<TestRecord> records)
      throws IOException {
    require(Capability.TRANSACTIONS);
    OpenTransaction open = producers.begin(partition, records);
    return new OpenTransaction() {
      @Override
      public void commit() throws IOException {
        decide(open::commit);
      }

      @Override
      public void abort() throws IOException {
        decide(open::abort);
      }

      /** Brokers answer before the control record is written, which could come behind others. */
      private void decide(Decision decision) throws IOException {
        long before = highWatermark(partition);
        decision.decide();
        Patience.await("The control record", () -> highWatermark(partition) > before);
      }
    };
  }

  /** How a transaction ends. */
  private interface Decision {
    void decide() throws IOException;
  }

  private long highWatermark(PartitionId partition) throws IOException {
    TopicPartition id = kafkaId(partition);
    return Patience.answer(admin.listOffsets(Map.of(id, OffsetSpec.latest())).partitionResult(id))
        .offset();
  }

  @Override
  public void read(PartitionId partition, Reader reader) {
    TopicPartition id = kafkaId(partition);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(id));
      long end = consumer.endOffsets(List.of(id)).get(id);
      consumer.seekToBeginning(List.of(id));
      while (consumer.position(id) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          reader.read(record.offset(), testRecord(record));
        }
      }
    }
  }

  private static TestRecord testRecord(ConsumerRecord<byte[], byte[]> record) {
    List<TestHeader> headers = new ArrayList<>();
    record.headers().forEach(header -> headers.add(new TestHeader(header.key(), header.value())));
    return new TestRecord(
        record.key(),
        record.value(),
        record.timestampType() == TimestampType.NO_TIMESTAMP_TYPE
            ? OptionalLong.empty()
            : OptionalLong.of(record.timestamp()),
        headers);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", bootstrapServers);
    config.put("enable.auto.commit", false);
    config.put("max.partition.fetch.bytes", 20_000_000);
    config.put(
        "isolation.level",
        capabilities().contains(Capability.TRANSACTIONS) ? "read_committed" : "read_uncommitted");
    return OwnClassLoader.call(
        () ->
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  @Override
  public long removeBefore(PartitionId partition, long offset) throws IOException {
    int leader = leader(partition);
    String place = partition.topic() + " " + partition.partition();
    TreeMap<Long, Long> segments = new TreeMap<>();
    for (String segment : console.ask(leader, "segments " + place).split(" ")) {
      String[] parts = segment.split("=");
      segments.put(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
    // A segment holds only offsets below it if the next one begins there or before.
    long first = segments.floorKey(Math.max(offset, segments.firstKey()));
    long kept = segments.tailMap(first).values().stream().mapToLong(Long::longValue).sum();
    configs.set(leader, partition.topic(), "retention.bytes", String.valueOf(kept));
    Patience.await(
        "Retention of " + partition,
        () -> {
          console.ask(leader, "retention");
          return firstOffset(partition) >= first;
        });
    configs.set(leader, partition.topic(), "retention.bytes", "-1");
    return firstOffset(partition);
  }

  private long firstOffset(PartitionId partition) {
    TopicPartition id = kafkaId(partition);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.beginningOffsets(List.of(id)).get(id);
    }
  }

  @Override
  public void deleteRecords(PartitionId partition, long before) throws IOException {
    require(Capability.DELETE_RECORDS);
    Patience.answer(
        admin
            .deleteRecords(Map.of(kafkaId(partition), RecordsToDelete.beforeOffset(before)))
            .all());
  }

  @Override
  public Map<PartitionId, Long> groupOffsets(String group) throws IOException {
    Map<PartitionId, Long> offsets = new HashMap<>();
    Patience.answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group))
        .forEach(
            (id, offset) ->
                offsets.put(new PartitionId(id.topic(), id.partition()), offset.offset()));
    return offsets;
  }

  @Override
  public void awaitCompaction(PartitionId partition) throws IOException {
    int leader = leader(partition);
    String command = "compacted " + partition.topic() + " " + partition.partition();
    Patience.await(
        "Compaction of " + partition, () -> Boolean.parseBoolean(console.ask(leader, command)));
  }

  @Override
  public int leader(PartitionId partition) throws IOException {
    AtomicInteger found = new AtomicInteger();
    // A broker may have forgotten for a moment what it knew before.
    Patience.await(
        "A leader of " + partition,
        () -> {
          Optional<Node> leader =
              describe(admin, partition.topic())
                  .map(topic -> topic.partitions().get(partition.partition()).leader());
          leader.ifPresent(node -> found.set(node.id()));
          return leader.isPresent() && exists(leader.get());
        });
    return found.get();
  }

  @Override
  public Set<Integer> inSync(PartitionId partition) throws IOException {
    return describe(admin, partition.topic()).stream()
        .flatMap(topic -> topic.partitions().get(partition.partition()).isr().stream())
        .map(Node::id)
        .collect(Collectors.toSet());
  }

  private static TopicPartition kafkaId(PartitionId partition) {
    return new TopicPartition(partition.topic(), partition.partition());
  }

  @Override
  public void close() {
    producers.close();
    brokers.values().forEach(broker -> broker.close(Duration.ZERO));
    admin.close(Duration.ZERO);
  }
}
