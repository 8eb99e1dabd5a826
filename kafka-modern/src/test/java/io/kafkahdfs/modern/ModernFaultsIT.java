package io.kafkahdfs.modern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What reading does when brokers fail; all is the client's doing, so one Kafka will do. */
class ModernFaultsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** For tests that wait for it to be over. */
  private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(2);

  private static final ReadSettings SMALL_FETCHES = new ReadSettings(4096, 1 << 20, 1);

  /** Of several ranges something is fetched before their turn. */
  private static final ReadSettings FAR_AHEAD = new ReadSettings(4096, 1 << 20, 4);

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
  void findsDamageOfALaterRangeWhenThatIsRead() throws IOException {
    List<OffsetRange> ranges = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ranges.add(new OffsetRange(newPartition(1), 0, SETS * SET));
      sendSets(ranges.get(i).partition(), Codec.NONE);
    }
    PartitionId damaged = ranges.get(1).partition();
    TestBroker broker = kafka.broker(kafka.tools().leader(damaged));
    broker.stop();
    damage(broker, damaged, SET);
    broker.start();
    try (KafkaCluster cluster = connect(TIMEOUT)) {
      try (RangeReader reader = cluster.read(ranges, FAR_AHEAD)) {
        assertThat(readToEnd(reader, ranges.get(0))).isEqualTo(expected(0, SETS * SET));
        assertThat(reader.nextRange()).isTrue();
        List<ReadRecord> seen = new ArrayList<>();
        DamagedRecordException exception =
            catchThrowableOfType(
                DamagedRecordException.class, () -> readToEnd(reader, ranges.get(1), seen));
        assertThat(exception).isNotNull();
        assertThat(exception.damaged()).isEqualTo(new OffsetRange(damaged, SET, 2 * SET));
        assertThat(seen).isEqualTo(expected(0, SET));
      }
      List<OffsetRange> rest = List.of(ranges.get(1).startingAt(2 * SET), ranges.get(2));
      assertReads(cluster, rest);
    }
  }

  @Test
  void readsMorePartitionsThanAreAssignedAtOnce() throws IOException {
    int each = 130;
    List<OffsetRange> ranges = new ArrayList<>();
    String one = "faults." + topics++;
    String other = "faults." + topics++;
    kafka.tools().createTopic(one, each);
    kafka.tools().createTopic(other, each);
    for (int i = 0; i < each; i++) {
      for (String topic : List.of(one, other)) {
        PartitionId partition = new PartitionId(topic, i);
        kafka.tools().send(partition, Codec.NONE, records(0, 3));
        ranges.add(new OffsetRange(partition, i % 4, 3));
      }
    }
    try (KafkaCluster cluster = connect(TIMEOUT)) {
      assertReads(cluster, ranges);
    }
  }

  @Test
  void readsOnWhenTheLeaderOfLaterRangesDies() throws IOException {
    String topic = "faults." + topics++;
    kafka.tools().createTopic(topic, 4, 2, Map.of());
    List<OffsetRange> ranges = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ranges.add(new OffsetRange(new PartitionId(topic, i), 0, SETS * SET));
      sendSets(ranges.get(i).partition(), Codec.NONE);
    }
    TestBroker leader = kafka.broker(kafka.tools().leader(ranges.get(3).partition()));
    try (KafkaCluster cluster = connect(TIMEOUT);
        RangeReader reader = cluster.read(ranges, FAR_AHEAD)) {
      assertThat(readToEnd(reader, ranges.get(0))).isEqualTo(expected(0, SETS * SET));
      leader.kill();
      for (OffsetRange range : ranges.subList(1, 4)) {
        assertThat(reader.nextRange()).isTrue();
        assertThat(readToEnd(reader, range)).isEqualTo(expected(0, SETS * SET));
      }
    } finally {
      leader.start();
    }
  }

  private static void assertReads(KafkaCluster cluster, List<OffsetRange> ranges)
      throws IOException {
    try (RangeReader reader = cluster.read(ranges, FAR_AHEAD)) {
      for (int i = 0; i < ranges.size(); i++) {
        assertThat(i == 0 || reader.nextRange()).isTrue();
        assertThat(readToEnd(reader, ranges.get(i)))
            .isEqualTo(expected(ranges.get(i).from(), ranges.get(i).until()));
      }
      assertThat(reader.nextRange()).isFalse();
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
    try (RangeReader reader = cluster.read(range, SMALL_FETCHES)) {
      return readToEnd(reader, range);
    }
  }

  private static List<ReadRecord> readToEnd(RangeReader reader, OffsetRange range)
      throws IOException {
    List<ReadRecord> seen = new ArrayList<>();
    readToEnd(reader, range, seen);
    return seen;
  }

  private static void readToEnd(RangeReader reader, OffsetRange range, List<ReadRecord> seen)
      throws IOException {
    RecordWalk walk = new RecordWalk(reader, range.partition(), range.from());
    while (walk.step(seen)) {
      // To the end.
    }
    assertThat(walk.position()).isEqualTo(range.until());
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
