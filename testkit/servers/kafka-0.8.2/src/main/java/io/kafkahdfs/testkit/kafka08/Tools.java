package io.kafkahdfs.testkit.kafka08;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.BrokerConsole;
import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.OpenTransaction;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import kafka.admin.AdminUtils;
import kafka.api.FetchRequest;
import kafka.api.FetchRequestBuilder;
import kafka.cluster.Broker;
import kafka.javaapi.PartitionMetadata;
import kafka.javaapi.TopicMetadata;
import kafka.javaapi.TopicMetadataRequest;
import kafka.javaapi.consumer.SimpleConsumer;
import kafka.message.MessageAndOffset;
import kafka.utils.ZKStringSerializer$;
import kafka.utils.ZkUtils;
import org.I0Itec.zkclient.ZkClient;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import scala.collection.JavaConversions;

/**
 * The tools of Kafka 0.8.2: its admin utilities on ZooKeeper, its producer, its simple consumer.
 * Not for several threads.
 */
final class Tools implements KafkaTools {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TIMEOUT_MS = 30_000;
  private static final int SET_BYTES = 1 << 20;
  private static final int FETCH_BYTES = 20_000_000;

  private final String bootstrapServers;
  private final ZkClient zooKeeper;
  private final BrokerConsole console;

  Tools(String bootstrapServers, String zooKeeper, BrokerConsole console) {
    this.bootstrapServers = bootstrapServers;
    this.zooKeeper = new ZkClient(zooKeeper, TIMEOUT_MS, TIMEOUT_MS, ZKStringSerializer$.MODULE$);
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

  /** ZooKeeper knows the leaders first. */
  private void awaitPartitions(String topic, int partitions) throws IOException {
    for (String broker : bootstrapServers.split(",")) {
      await(
          "Topic " + topic + " on " + broker,
          () -> {
            Optional<TopicMetadata> known = metadata(broker, topic);
            return known.isPresent()
                && known.get().partitionsMetadata().size() == partitions
                && known.get().partitionsMetadata().stream()
                    .noneMatch(partition -> partition.leader() == null);
          });
    }
  }

  /** What a broker knows. All topics are asked for: to be asked for one makes it create that. */
  private static Optional<TopicMetadata> metadata(String broker, String topic) {
    SimpleConsumer consumer = consumer(broker);
    try {
      return consumer.send(new TopicMetadataRequest(List.of())).topicsMetadata().stream()
          .filter(metadata -> metadata.topic().equals(topic))
          .findFirst();
    } finally {
      consumer.close();
    }
  }

  private static SimpleConsumer consumer(String broker) {
    String[] address = broker.split(":");
    return new SimpleConsumer(
        address[0], Integer.parseInt(address[1]), TIMEOUT_MS, SET_BYTES, "testkit");
  }

  @Override
  public void addPartitions(String topic, int partitions) throws IOException {
    AdminUtils.addPartitions(zooKeeper, topic, partitions, "", true, new Properties());
    awaitPartitions(topic, partitions);
  }

  @Override
  public void deleteTopic(String topic) throws IOException {
    AdminUtils.deleteTopic(zooKeeper, topic);
    for (String broker : bootstrapServers.split(",")) {
      await(
          "The end of topic " + topic + " on " + broker,
          () -> !topics().contains(topic) && metadata(broker, topic).isEmpty());
    }
  }

  @Override
  public Set<String> topics() {
    return new TreeSet<>(JavaConversions.seqAsJavaList(ZkUtils.getAllTopics(zooKeeper)));
  }

  @Override
  public void send(PartitionId partition, Codec codec, Iterable<TestRecord> records)
      throws IOException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    KafkaProducer<byte[], byte[]> producer = producer(codec);
    try {
      for (TestRecord record : records) {
        if (record.timestamp().isPresent() || !record.headers().isEmpty()) {
          throw new UnsupportedOperationException("Kafka 0.8 knows no timestamps and no headers");
        }
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    partition.topic(), partition.partition(), record.key(), record.value())));
      }
    } finally {
      // It cannot be flushed in another way.
      producer.close();
    }
    for (Future<RecordMetadata> future : sent) {
      try {
        future.get();
      } catch (ExecutionException e) {
        throw new IOException("A record was not acknowledged", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
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
    String serializer = "org.apache.kafka.common.serialization.ByteArraySerializer";
    config.setProperty("key.serializer", serializer);
    config.setProperty("value.serializer", serializer);
    return inOwnClassLoader(() -> new KafkaProducer<>(config));
  }

  @Override
  public OpenTransaction beginTransaction(PartitionId partition, List<TestRecord> records) {
    throw new UnsupportedOperationException("Kafka 0.8 has no transactions");
  }

  @Override
  public void read(PartitionId partition, Reader reader) throws IOException {
    var leader = partition(partition).leader();
    SimpleConsumer consumer = consumer(leader.host() + ":" + leader.port());
    try {
      long next = Long.parseLong(console.ask(leader.id(), "first " + place(partition)));
      for (; ; ) {
        FetchRequest request =
            new FetchRequestBuilder()
                .clientId("testkit")
                .addFetch(partition.topic(), partition.partition(), next, FETCH_BYTES)
                .build();
        boolean more = false;
        for (MessageAndOffset message :
            consumer.fetch(request).messageSet(partition.topic(), partition.partition())) {
          if (message.offset() >= next) {
            reader.read(
                message.offset(),
                new TestRecord(bytes(message.message().key()), bytes(message.message().payload())));
            next = message.nextOffset();
            more = true;
          }
        }
        if (!more) {
          return;
        }
      }
    } finally {
      consumer.close();
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public long removeBefore(PartitionId partition, long offset) throws IOException {
    return Long.parseLong(
        console.ask(leader(partition), "remove " + place(partition) + " " + offset));
  }

  private static String place(PartitionId partition) {
    return partition.topic() + " " + partition.partition();
  }

  @Override
  public void deleteRecords(PartitionId partition, long before) {
    throw new UnsupportedOperationException("Kafka 0.8 cannot delete records");
  }

  @Override
  public Map<PartitionId, Long> groupOffsets(String group) {
    throw new UnsupportedOperationException("Nothing publishes offsets to Kafka 0.8");
  }

  @Override
  public void awaitCompaction(PartitionId partition) throws IOException {
    int leader = leader(partition);
    await(
        "Compaction of " + partition,
        () -> Boolean.parseBoolean(console.ask(leader, "compacted " + place(partition))));
  }

  @Override
  public int leader(PartitionId partition) throws IOException {
    return partition(partition).leader().id();
  }

  @Override
  public Set<Integer> inSync(PartitionId partition) throws IOException {
    return partition(partition).isr().stream().map(Broker::id).collect(Collectors.toSet());
  }

  private PartitionMetadata partition(PartitionId partition) throws IOException {
    return metadata(bootstrapServers.split(",")[0], partition.topic()).stream()
        .flatMap(topic -> topic.partitionsMetadata().stream())
        .filter(found -> found.partitionId() == partition.partition() && found.leader() != null)
        .findFirst()
        .orElseThrow(() -> new IOException(partition + " has no leader"));
  }

  @Override
  public void close() {
    zooKeeper.close();
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
