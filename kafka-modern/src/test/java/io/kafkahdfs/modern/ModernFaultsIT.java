package io.kafkahdfs.modern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendFailedException;
import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.ReadRecord;
import io.kafkahdfs.testkit.kafka.RecordWalk;
import io.kafkahdfs.testkit.kafka.TestBroker;
import io.kafkahdfs.testkit.kafka.TestKafka;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What today's client does when brokers fail; all is the client's doing, so one Kafka will do. */
class ModernFaultsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** For tests that wait for it to be over. */
  private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(2);

  private static final ReadSettings SMALL_FETCHES = new ReadSettings(4096, 1 << 20, 1);
  private static final SendSettings SENDING =
      new SendSettings(SendSettings.Compression.NONE, 4096, Duration.ofMillis(5));
  private static final RecordSender.Acknowledgement ACKNOWLEDGED = (partition, offset) -> {};
  private static final int SETS = 20;
  private static final int SET = 100;

  private static TestKafka kafka;
  private static int topics;

  @BeforeAll
  static void start() throws IOException {
    kafka = TestKafka.start(KafkaVersion.V4_4, 2, Map.of());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void saysExactlyWhichSetsAreDamaged() throws IOException {
    for (Codec codec : List.of(Codec.NONE, Codec.ZSTD)) {
      PartitionId partition = newPartition(1);
      TestBroker broker = kafka.broker(kafka.tools().leader(partition));
      sendSets(partition, codec);
      broker.stop();
      damage(broker, partition, SET);
      damage(broker, partition, 2 * SET);
      damage(broker, partition, 4 * SET);
      broker.start();
      try (KafkaCluster cluster = connect(TIMEOUT)) {
        assertDamaged(cluster, partition, 0, SET, 2 * SET);
        assertDamaged(cluster, partition, SET + 7, SET + 7, 2 * SET);
        assertDamaged(cluster, partition, 2 * SET, 2 * SET, 3 * SET);
        assertDamaged(cluster, partition, 3 * SET, 4 * SET, 5 * SET);
        assertThat(read(cluster, new OffsetRange(partition, 5 * SET, SETS * SET)))
            .isEqualTo(expected(5 * SET, SETS * SET));
      }
    }
  }

  /** Reads good records up to damage, and checks how far that reaches. */
  private static void assertDamaged(
      KafkaCluster cluster, PartitionId partition, long from, long damaged, long good)
      throws IOException {
    List<ReadRecord> seen = new ArrayList<>();
    OffsetRange range = new OffsetRange(partition, from, SETS * SET);
    try (RangeReader reader = cluster.read(range, SMALL_FETCHES)) {
      RecordWalk walk = new RecordWalk(reader, partition, from);
      DamagedRecordException exception =
          catchThrowableOfType(
              DamagedRecordException.class,
              () -> {
                while (walk.step(seen)) {
                  // On to the damaged ones.
                }
              });
      assertThat(exception).isNotNull();
      assertThat(exception.damaged()).isEqualTo(new OffsetRange(partition, damaged, good));
    }
    assertThat(seen).isEqualTo(expected(from, damaged));
  }

  /** Flips a bit in the set that begins with an offset; sets begin with offset and length. */
  private static void damage(TestBroker broker, PartitionId partition, long offset)
      throws IOException {
    Path segment = broker.data().resolve(partition.toString()).resolve("00000000000000000000.log");
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      long at = 0;
      file.seek(at);
      while (file.readLong() != offset) {
        at += 12 + file.readInt();
        file.seek(at);
      }
      long inside = at + 12 + file.readInt() - 5;
      file.seek(inside);
      int old = file.read();
      file.seek(inside);
      file.write(old ^ 0x10);
    }
  }

  @Test
  void readsOnWhenItsBrokerIsKilledAndComesBack() throws IOException {
    PartitionId partition = newPartition(1);
    TestBroker leader = kafka.broker(kafka.tools().leader(partition));
    assertReadsOnAfter(
        partition,
        () -> {
          leader.kill();
          leader.start();
        });
  }

  @Test
  void readsOnFromTheNextLeaderWhenTheFirstOneDies() throws IOException {
    PartitionId partition = newPartition(2);
    TestBroker leader = kafka.broker(kafka.tools().leader(partition));
    try {
      assertReadsOnAfter(partition, leader::kill);
    } finally {
      leader.start();
    }
  }

  private interface Mishap {
    void happen() throws IOException;
  }

  private static void assertReadsOnAfter(PartitionId partition, Mishap mishap) throws IOException {
    sendSets(partition, Codec.NONE);
    List<ReadRecord> seen = new ArrayList<>();
    OffsetRange range = new OffsetRange(partition, 0, SETS * SET);
    try (KafkaCluster cluster = connect(TIMEOUT);
        RangeReader reader = cluster.read(range, SMALL_FETCHES)) {
      RecordWalk walk = new RecordWalk(reader, partition, 0);
      assertThat(walk.step(seen)).isTrue();
      mishap.happen();
      while (walk.step(seen)) {
        // To the end.
      }
    }
    assertThat(seen).isEqualTo(expected(0, SETS * SET));
  }

  @Test
  void givesUpOnABrokerThatHangs() throws IOException {
    PartitionId partition = newPartition(1);
    sendSets(partition, Codec.NONE);
    TestBroker leader = kafka.broker(kafka.tools().leader(partition));
    OffsetRange range = new OffsetRange(partition, 0, SETS * SET);
    try (KafkaCluster impatient = connect(SHORT_TIMEOUT);
        RangeReader reader = impatient.read(range, SMALL_FETCHES)) {
      RecordWalk walk = new RecordWalk(reader, partition, 0);
      List<ReadRecord> seen = new ArrayList<>();
      assertThat(walk.step(seen)).isTrue();
      leader.suspend();
      assertThatThrownBy(
              () -> {
                while (walk.step(seen)) {
                  // Until nothing comes any more.
                }
              })
          .isInstanceOf(KafkaUnreachableException.class)
          .hasMessageContaining(partition.toString())
          .hasMessageContaining("offset");
      assertThatThrownBy(() -> impatient.describe(TopicFilter.of(partition.topic())))
          .isInstanceOf(KafkaUnreachableException.class);
    } finally {
      leader.resume();
    }
  }

  @Test
  void givesUpOnOffsetsNotYetWritten() throws IOException {
    PartitionId partition = newPartition(1);
    kafka.tools().send(partition, TestRecord.of("key", "value"));
    OffsetRange range = new OffsetRange(partition, 0, 2);
    try (KafkaCluster impatient = connect(SHORT_TIMEOUT);
        RangeReader reader = impatient.read(range, SMALL_FETCHES)) {
      assertThat(reader.next().nextOffset()).isEqualTo(1);
      assertThatThrownBy(reader::next)
          .isInstanceOf(KafkaUnreachableException.class)
          .hasMessageContaining("offset 1")
          .hasMessageContaining("end is 1");
    }
  }

  @Test
  void seesAllWhenToldTo() throws IOException {
    PartitionId partition = newPartition(1);
    kafka.tools().beginTransaction(partition, records(0, 3)).abort();
    kafka.tools().beginTransaction(partition, records(4, 6));
    ClusterSettings settings =
        new ClusterSettings(servers(), TIMEOUT, Map.of("isolation.level", "read_uncommitted"));
    try (KafkaCluster cluster = KafkaClusters.connect(settings)) {
      OffsetRange all = new OffsetRange(partition, 0, 6);
      TopicsSnapshot seen = cluster.describe(TopicFilter.of(partition.topic()));
      assertThat(seen.readable()).containsEntry(partition, all);
      assertThat(seen.partitions().get(partition).undecided()).isZero();
      assertThat(read(cluster, all))
          .extracting(ReadRecord::offset)
          .containsExactly(0L, 1L, 2L, 4L, 5L);
    }
  }

  /**
   * The request to commit is sent a second time, and both arrive when the broker is back. What is
   * left of the first one must not meet the next transaction.
   */
  @Test
  void shutsOutWhatIsLeftOfACommitThatWasSentTwice() throws Exception {
    PartitionId partition = newPartition(1);
    String id = partition.topic();
    TestBroker leader = kafka.broker(kafka.tools().leader(partition));
    TestBroker coordinator = leader;
    try (KafkaTarget target = target(Map.of("request.timeout.ms", "500"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        TransactionalSender sender = target.transactions().orElseThrow().sender(id, SENDING)) {
      coordinator = kafka.broker(transaction(admin, id).coordinatorId());
      send(sender, partition, "a", 1);
      sender.commit(partition, new SendProgress(1, ""));
      int epoch = transaction(admin, id).producerEpoch();
      send(sender, partition, "b", 2);
      sender.flush();
      commitTwice(coordinator, (TransactionalProducerSender) sender, partition);
      send(sender, partition, "c", 3);
      sender.commit(partition, new SendProgress(3, ""));
      assertThat(transaction(admin, id).producerEpoch()).isGreaterThan(epoch);
      assertThat(sender.progress(partition)).contains(new SendProgress(3, ""));
    } finally {
      coordinator.resume();
    }
    assertThat(committed(partition)).containsExactly("a", "b", "c");
  }

  /** Lets a broker hang until the request to commit is given up and sent again. */
  private static void commitTwice(
      TestBroker broker, TransactionalProducerSender sender, PartitionId partition)
      throws Exception {
    long lost = sender.lostConnections();
    broker.suspend();
    CompletableFuture<Void> committed =
        CompletableFuture.runAsync(
            () -> {
              try {
                sender.commit(partition, new SendProgress(2, ""));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (sender.lostConnections() == lost) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    } finally {
      broker.resume();
    }
    committed.get(1, TimeUnit.MINUTES);
  }

  /** What went wrong first is what the user must hear. */
  @Test
  void aCommitWithoutAnAnswerIsNotHiddenByItsEnd() throws IOException {
    PartitionId partition = newPartition(1);
    String id = partition.topic();
    TestBroker coordinator = null;
    try (KafkaTarget target = target(Map.of("request.timeout.ms", "500", "max.block.ms", "5000"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TransactionalProducerSender sender =
          (TransactionalProducerSender) target.transactions().orElseThrow().sender(id, SENDING);
      coordinator = kafka.broker(transaction(admin, id).coordinatorId());
      send(sender, partition, "a", 1);
      sender.flush();
      sender.addProgress(partition, new SendProgress(1, ""));
      coordinator.suspend();
      assertThatThrownBy(sender::decide)
          .isInstanceOf(KafkaUnreachableException.class)
          .hasMessageContaining("whether a transaction was committed");
      assertThatCode(sender::close).doesNotThrowAnyException();
    } finally {
      if (coordinator != null) {
        coordinator.resume();
      }
    }
  }

  /**
   * Where the user may not see what the topic takes: the client splits the batch of both records
   * into one of both records, again and again, and says in the end that it timed out.
   */
  @Test
  void aLargeRecordIsNotTakenForABrokerThatDoesNotAnswer() throws IOException {
    String topic = "faults." + topics++;
    kafka.tools().createTopic(topic, 1, 1, Map.of("max.message.bytes", "100000"));
    ClientProperties properties =
        ClientProperties.of(new ClusterSettings(servers(), Duration.ofSeconds(5), Map.of()));
    BrokerAbilities brokers = new BrokerAbilities(Isolation.READ_COMMITTED, true);
    try (RecordSender sender =
        ProducerSender.start(
            properties.producer(SENDING, brokers),
            new SendFailures(properties),
            new RecordCheck(hidden -> Map.of(), SENDING),
            new ProducerSender.How(true, true))) {
      KafkaRecord record = new KafkaRecord();
      record.value().set(new byte[300_000]);
      sender.send(record, topic, 0, 1, ACKNOWLEDGED);
      record.value().set(new byte[1]);
      sender.send(record, topic, 0, 2, ACKNOWLEDGED);
      SendFailedException failure = catchThrowableOfType(SendFailedException.class, sender::flush);
      assertThat(failure.number()).isEqualTo(1);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(failure.reason()).contains(topic, "too large", "max.message.bytes");
    }
  }

  private static TransactionDescription transaction(Admin admin, String id) {
    try {
      return admin.describeTransactions(List.of(id)).description(id).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static void send(
      TransactionalSender sender, PartitionId partition, String value, long number)
      throws IOException {
    KafkaRecord record = new KafkaRecord();
    record.value().set(value.getBytes(StandardCharsets.UTF_8));
    sender.send(record, partition.topic(), partition.partition(), number, ACKNOWLEDGED);
  }

  private static List<String> committed(PartitionId partition) throws IOException {
    List<String> values = new ArrayList<>();
    kafka
        .tools()
        .read(
            partition,
            (offset, record) -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
    return values;
  }

  private static KafkaTarget target(Map<String, String> client) throws IOException {
    return KafkaClusters.target(new ClusterSettings(servers(), TIMEOUT, client), Optional.empty());
  }

  /** As tasks do, who know the generation from the plan and do not ask for it. */
  @Test
  void givesUpOnAServerThatNeverAnswers() throws IOException {
    TestBroker broker = kafka.broker(0);
    broker.suspend();
    try {
      ClusterSettings settings =
          new ClusterSettings(List.of(broker.address()), SHORT_TIMEOUT, Map.of());
      assertThatThrownBy(() -> KafkaClusters.reconnect(settings, Generation.MODERN))
          .isInstanceOf(KafkaUnreachableException.class)
          .hasMessageContaining(broker.address());
    } finally {
      broker.resume();
    }
  }

  private static List<ReadRecord> read(KafkaCluster cluster, OffsetRange range) throws IOException {
    List<ReadRecord> seen = new ArrayList<>();
    try (RangeReader reader = cluster.read(range, SMALL_FETCHES)) {
      RecordWalk walk = new RecordWalk(reader, range.partition(), range.from());
      while (walk.step(seen)) {
        // To the end.
      }
      assertThat(walk.position()).isEqualTo(range.until());
    }
    return seen;
  }

  private static KafkaCluster connect(Duration timeout) throws IOException {
    return KafkaClusters.connect(new ClusterSettings(servers(), timeout, Map.of()));
  }

  private static List<String> servers() {
    return List.of(kafka.bootstrapServers().split(","));
  }

  private static PartitionId newPartition(int replicas) throws IOException {
    String topic = "faults." + topics++;
    kafka.tools().createTopic(topic, 1, replicas, Map.of());
    return new PartitionId(topic, 0);
  }

  private static void sendSets(PartitionId partition, Codec codec) throws IOException {
    for (int set = 0; set < SETS; set++) {
      kafka.tools().send(partition, codec, records(set * SET, (set + 1) * SET));
    }
  }

  private static List<TestRecord> records(int from, int until) {
    return IntStream.range(from, until).mapToObj(ModernFaultsIT::record).toList();
  }

  private static TestRecord record(int number) {
    byte[] value = String.valueOf(number).repeat(300).getBytes(StandardCharsets.UTF_8);
    return new TestRecord(new byte[] {(byte) number}, value);
  }

  private static List<ReadRecord> expected(long from, long until) {
    return LongStream.range(from, until)
        .mapToObj(offset -> ReadRecord.of(offset, record((int) offset)))
        .toList();
  }
}
