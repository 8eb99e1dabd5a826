package io.kafkahdfs.testkit.kafka09;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.BrokerConsole;
import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.OpenTransaction;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import kafka.admin.AdminUtils;
import kafka.utils.ZkUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import scala.Option;
import scala.collection.JavaConversions;

/**
 * The tools of Kafka 0.9: its admin utilities on ZooKeeper, its producer, its new consumer. Not for
 * several threads.
 */
final class Tools implements KafkaTools {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ZOOKEEPER_TIMEOUT_MS = 30_000;
  private static final int SET_BYTES = 1 << 20;

  /** How many records may be on their way; beyond them the oldest is waited for. */
  private static final int IN_FLIGHT = 10_000;

  private final String bootstrapServers;
  private final ZkUtils zooKeeper;
  private final BrokerConsole console;
  private final Map<Codec, KafkaProducer<byte[], byte[]>> producers = new EnumMap<>(Codec.class);

  Tools(String bootstrapServers, String zooKeeper, BrokerConsole console) {
    this.bootstrapServers = bootstrapServers;
    this.zooKeeper = ZkUtils.apply(zooKeeper, ZOOKEEPER_TIMEOUT_MS, ZOOKEEPER_TIMEOUT_MS, false);
    this.console = console;
  }

  @Override
  public Set<Codec> codecs() {
    return EnumSet.complementOf(EnumSet.of(Codec.ZSTD));
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of();
  }

  @Override
  public void createTopic(String topic, int partitions, int replication, Map<String, String> config)
      throws IOException {
    Properties properties = new Properties();
    properties.putAll(config);
    AdminUtils.createTopic(zooKeeper, topic, partitions, replication, properties);
    awaitPartitions(topic, partitions);
  }

  private void awaitPartitions(String topic, int partitions) throws IOException {
    // ZooKeeper knows the leaders first; the brokers that cannot be asked yet would create the
    // topic once more, or answer that they do not know it.
    for (String broker : bootstrapServers.split(",")) {
      await("Topic " + topic + " on " + broker, () -> knows(broker, topic, partitions));
    }
  }

  @Override
  public void addPartitions(String topic, int partitions) throws IOException {
    AdminUtils.addPartitions(zooKeeper, topic, partitions, "", true);
    awaitPartitions(topic, partitions);
    // They know the partitions from before for minutes.
    producers.values().forEach(producer -> producer.close(0, TimeUnit.SECONDS));
    producers.clear();
  }

  @Override
  public void deleteTopic(String topic) throws IOException {
    AdminUtils.deleteTopic(zooKeeper, topic);
    for (String broker : bootstrapServers.split(",")) {
      await(
          "The end of topic " + topic + " on " + broker,
          () -> {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
              return !topics().contains(topic) && !consumer.listTopics().containsKey(topic);
            }
          });
    }
  }

  private static boolean knows(String broker, String topic, int partitions) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
      var infos = consumer.listTopics().get(topic);
      return infos != null
          && infos.size() == partitions
          && infos.stream().noneMatch(info -> info.leader() == null || info.leader().id() < 0);
    }
  }

  @Override
  public Set<String> topics() {
    return new TreeSet<>(JavaConversions.seqAsJavaList(zooKeeper.getAllTopics()));
  }

  @Override
  public void send(PartitionId partition, Codec codec, Iterable<TestRecord> records)
      throws IOException {
    KafkaProducer<byte[], byte[]> producer = producers.computeIfAbsent(codec, this::producer);
    ArrayDeque<Future<RecordMetadata>> sent = new ArrayDeque<>();
    for (TestRecord record : records) {
      if (record.timestamp().isPresent() || !record.headers().isEmpty()) {
        throw new UnsupportedOperationException("Kafka 0.9 knows no timestamps and no headers");
      }
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  partition.topic(), partition.partition(), record.key(), record.value())));
      while (sent.size() > IN_FLIGHT && sent.peek().isDone()) {
        acknowledged(sent.remove());
      }
    }
    producer.flush();
    for (Future<RecordMetadata> future : sent) {
      acknowledged(future);
    }
  }

  @Override
  public OpenTransaction beginTransaction(PartitionId partition, List<TestRecord> records) {
    throw new UnsupportedOperationException("Kafka 0.9 has no transactions");
  }

  private KafkaProducer<byte[], byte[]> producer(Codec codec) {
    Properties config = new Properties();
    config.setProperty("bootstrap.servers", bootstrapServers);
    config.setProperty("acks", "all");
    config.setProperty("retries", "100");
    config.setProperty("max.in.flight.requests.per.connection", "1");
    config.setProperty("compression.type", codec.name().toLowerCase(Locale.ROOT));
    config.setProperty("batch.size", String.valueOf(SET_BYTES));
    // Sets go when they are full, or when all records are in.
    config.setProperty("linger.ms", "3600000");
    config.setProperty("max.request.size", "20000000");
    config.setProperty("buffer.memory", "67108864");
    config.setProperty("key.serializer", ByteArraySerializer.class.getName());
    config.setProperty("value.serializer", ByteArraySerializer.class.getName());
    return inOwnClassLoader(() -> new KafkaProducer<>(config));
  }

  private static void acknowledged(Future<RecordMetadata> future) throws IOException {
    try {
      future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("A record was not acknowledged", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void read(PartitionId partition, Reader reader) {
    TopicPartition id = new TopicPartition(partition.topic(), partition.partition());
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers)) {
      consumer.assign(List.of(id));
      consumer.seekToEnd(id);
      long end = consumer.position(id);
      consumer.seekToBeginning(id);
      while (consumer.position(id) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(100)) {
          reader.read(record.offset(), new TestRecord(record.key(), record.value()));
        }
      }
    }
  }

  @Override
  public long removeBefore(PartitionId partition, long offset) throws IOException {
    return Long.parseLong(
        console.ask(
            leader(partition),
            "remove " + partition.topic() + " " + partition.partition() + " " + offset));
  }

  @Override
  public void deleteRecords(PartitionId partition, long before) {
    throw new UnsupportedOperationException("Kafka 0.9 cannot delete records");
  }

  @Override
  public Map<PartitionId, Long> groupOffsets(String group) {
    throw new UnsupportedOperationException("Nothing publishes offsets to Kafka 0.9");
  }

  @Override
  public void awaitCompaction(PartitionId partition) throws IOException {
    int leader = leader(partition);
    String command = "compacted " + partition.topic() + " " + partition.partition();
    await("Compaction of " + partition, () -> Boolean.parseBoolean(console.ask(leader, command)));
  }

  @Override
  public int leader(PartitionId partition) throws IOException {
    Option<Object> leader =
        zooKeeper.getLeaderForPartition(partition.topic(), partition.partition());
    if (leader.isEmpty() || (Integer) leader.get() < 0) {
      throw new IOException(partition + " has no leader");
    }
    return (Integer) leader.get();
  }

  @Override
  public Set<Integer> inSync(PartitionId partition) {
    Set<Integer> brokers = new TreeSet<>();
    JavaConversions.seqAsJavaList(
            zooKeeper.getInSyncReplicasForPartition(partition.topic(), partition.partition()))
        .forEach(id -> brokers.add((Integer) id));
    return brokers;
  }

  @Override
  public void close() {
    producers.values().forEach(producer -> producer.close(0, TimeUnit.SECONDS));
    zooKeeper.close();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
    Properties config = new Properties();
    config.setProperty("bootstrap.servers", bootstrapServers);
    config.setProperty("group.id", "testkit");
    config.setProperty("enable.auto.commit", "false");
    config.setProperty("max.partition.fetch.bytes", "20000000");
    config.setProperty("key.deserializer", ByteArrayDeserializer.class.getName());
    config.setProperty("value.deserializer", ByteArrayDeserializer.class.getName());
    return inOwnClassLoader(() -> new KafkaConsumer<>(config));
  }

  /** Log4j and Kafka's clients look for classes that settings name in the thread's class loader. */
  static <T> T inOwnClassLoader(Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Tools.class.getClassLoader());
    try {
      return action.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(String what, Condition condition) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IOException(what + " did not come about in " + PATIENCE);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
