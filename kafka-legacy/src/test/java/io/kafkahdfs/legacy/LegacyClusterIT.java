package io.kafkahdfs.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaClusterContract;
import io.kafkahdfs.testkit.kafka.KafkaTargetContract;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.ReadRecord;
import io.kafkahdfs.testkit.kafka.RecordWalk;
import io.kafkahdfs.testkit.kafka.TestBroker;
import io.kafkahdfs.testkit.kafka.TestKafka;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LegacyClusterIT extends KafkaClusterContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** For tests that wait for it to be over. */
  private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(2);

  private static TestKafka kafka;

  @BeforeAll
  static void start() throws IOException {
    kafka = TestKafka.start(KafkaVersion.V0_9, 2, Map.of());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Override
  protected KafkaTools tools() {
    return kafka.tools();
  }

  @Override
  protected KafkaCluster connect() throws IOException {
    KafkaCluster cluster = KafkaClusters.connect(settings(TIMEOUT));
    assertThat(cluster.generation()).isEqualTo(Generation.LEGACY);
    return cluster;
  }

  @Override
  protected Optional<KafkaVersion> documented() {
    return Optional.of(KafkaVersion.V0_9);
  }

  @Test
  void todaysClientIsRefused() {
    assertThatThrownBy(
            () -> KafkaClusters.connect(settings(TIMEOUT), Optional.of(Generation.MODERN)))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("--kafka-generation modern");
  }

  /** The same of sending. */
  @Nested
  class Sending extends KafkaTargetContract {
    @Override
    protected KafkaTools tools() {
      return kafka.tools();
    }

    @Override
    protected Optional<TestBroker> broker(int id) {
      return Optional.of(kafka.broker(id));
    }

    @Override
    protected KafkaTarget connect(Map<String, String> client) throws IOException {
      KafkaTarget target =
          KafkaClusters.target(
              new ClusterSettings(List.of(kafka.bootstrapServers().split(",")), TIMEOUT, client),
              Optional.empty());
      assertThat(target.generation()).isEqualTo(Generation.LEGACY);
      return target;
    }
  }

  private static ClusterSettings settings(Duration timeout) {
    return new ClusterSettings(
        List.of(kafka.bootstrapServers().split(",")), timeout, Map.of("client.id", "it"));
  }

  @Test
  void findsADamagedRecord() throws IOException {
    PartitionId partition = newPartition();
    List<TestRecord> records = numbered(0, 10, 100);
    tools().send(partition, Codec.NONE, records);
    damageAt(partition, 5 * messageBytes(100) + 80);
    assertDamaged(partition, new OffsetRange(partition, 5, 6), expected(records, 0, 5));
    assertThat(read(new OffsetRange(partition, 6, 10), LARGE_FETCHES))
        .isEqualTo(expected(records, 6, 10));
  }

  @Test
  void findsADamagedCompressedSet() throws IOException {
    PartitionId partition = newPartition();
    List<TestRecord> records = numbered(0, 20, 100);
    tools().send(partition, Codec.NONE, records.subList(0, 10));
    tools().send(partition, Codec.GZIP, records.subList(10, 20));
    damageAt(partition, 10 * messageBytes(100) + 40);
    assertDamaged(partition, new OffsetRange(partition, 10, 20), expected(records, 0, 10));
  }

  @Test
  void findsADamagedRecordOfALaterRangeWhenThatIsRead() throws IOException {
    List<TestRecord> records = numbered(0, 10, 100);
    List<OffsetRange> ranges = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ranges.add(new OffsetRange(newPartition(), 0, 10));
      tools().send(ranges.get(i).partition(), Codec.NONE, records);
    }
    PartitionId damaged = ranges.get(1).partition();
    damageAt(damaged, 5 * messageBytes(100) + 80);
    try (RangeReader reader = cluster().read(ranges, LARGE_FETCHES)) {
      assertThat(readToEnd(reader, ranges.get(0))).isEqualTo(expected(records, 0, 10));
      assertThat(reader.nextRange()).isTrue();
      assertThat(reader.next().nextOffset()).isEqualTo(5);
      DamagedRecordException exception =
          catchThrowableOfType(DamagedRecordException.class, reader::next);
      assertThat(exception).isNotNull();
      assertThat(exception.damaged()).isEqualTo(new OffsetRange(damaged, 5, 6));
    }
  }

  /** Flips a bit in a partition's first segment. */
  private void damageAt(PartitionId partition, int at) throws IOException {
    TestBroker broker = kafka.broker(tools().leader(partition));
    broker.stop();
    Path segment = broker.data().resolve(partition.toString()).resolve("00000000000000000000.log");
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(at);
      int old = file.read();
      file.seek(at);
      file.write(old ^ 0x10);
    }
    broker.start();
  }

  /** How long a message of {@link #numbered} with a key of one digit is on disk. */
  private static int messageBytes(int value) {
    return 26 + 1 + value;
  }

  private void assertDamaged(
      PartitionId partition, OffsetRange damaged, List<ReadRecord> deliveredBefore)
      throws IOException {
    List<ReadRecord> seen = new ArrayList<>();
    try (RangeReader reader =
        cluster().read(new OffsetRange(partition, 0, damaged.until()), LARGE_FETCHES)) {
      RecordWalk walk = new RecordWalk(reader, partition, 0);
      DamagedRecordException exception =
          catchThrowableOfType(
              DamagedRecordException.class,
              () -> {
                while (walk.step(seen)) {
                  // On to the damaged ones.
                }
              });
      assertThat(exception.damaged()).isEqualTo(damaged);
    }
    assertThat(seen).isEqualTo(deliveredBefore);
  }

  @Test
  void readsOnWhenItsBrokerIsKilledAndComesBack() throws IOException {
    PartitionId partition = newPartition();
    TestBroker leader = kafka.broker(tools().leader(partition));
    assertReadsOnAfter(
        cluster(),
        partition,
        () -> {
          leader.kill();
          leader.start();
        });
  }

  @Test
  void readsOnFromTheNextLeaderWhenTheFirstOneDies() throws IOException {
    PartitionId partition = newReplicatedPartition();
    TestBroker leader = kafka.broker(tools().leader(partition));
    try {
      assertReadsOnAfter(cluster(), partition, leader::kill);
    } finally {
      leader.start();
    }
  }

  @Test
  void readsOnFromTheNextLeaderWhenTheFirstOneHangs() throws IOException {
    PartitionId partition = newReplicatedPartition();
    TestBroker leader = kafka.broker(tools().leader(partition));
    ClusterSettings attentive =
        new ClusterSettings(
            List.of(leader.address()), TIMEOUT, Map.of("request.timeout.ms", "500"));
    try (KafkaCluster cluster = KafkaClusters.connect(attentive)) {
      assertReadsOnAfter(cluster, partition, leader::suspend);
    } finally {
      leader.resume();
    }
  }

  @Test
  void readsOnWhenABrokerComesBackBetweenTwoOfItsRanges() throws IOException {
    List<TestRecord> records = numbered(0, 200, 1000);
    String topic = newTopicName();
    tools().createTopic(topic, 4);
    List<OffsetRange> ranges = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ranges.add(new OffsetRange(new PartitionId(topic, i), 0, 200));
      tools().send(ranges.get(i).partition(), Codec.NONE, records);
    }
    TestBroker leader = kafka.broker(tools().leader(ranges.get(2).partition()));
    try (RangeReader reader = cluster().read(ranges, SMALL_FETCHES)) {
      assertThat(readToEnd(reader, ranges.get(0))).isEqualTo(expected(records, 0, 200));
      // With partitions dealt out in turns, it led the first one, too.
      leader.kill();
      leader.start();
      for (OffsetRange range : ranges.subList(1, 4)) {
        assertThat(reader.nextRange()).isTrue();
        assertThat(readToEnd(reader, range)).isEqualTo(expected(records, 0, 200));
      }
    }
  }

  private PartitionId newReplicatedPartition() throws IOException {
    String topic = newTopicName();
    tools().createTopic(topic, 1, 2, Map.of());
    return new PartitionId(topic, 0);
  }

  private interface Mishap {
    void happen() throws IOException;
  }

  private void assertReadsOnAfter(KafkaCluster cluster, PartitionId partition, Mishap mishap)
      throws IOException {
    List<TestRecord> records = numbered(0, 2000, 1000);
    tools().send(partition, Codec.NONE, records);
    List<ReadRecord> seen = new ArrayList<>();
    try (RangeReader reader = cluster.read(new OffsetRange(partition, 0, 2000), SMALL_FETCHES)) {
      RecordWalk walk = new RecordWalk(reader, partition, 0);
      assertThat(walk.step(seen)).isTrue();
      mishap.happen();
      while (walk.step(seen)) {
        // To the end.
      }
    }
    assertThat(seen).isEqualTo(expected(records, 0, 2000));
  }

  @Test
  void givesUpOnABrokerThatHangs() throws IOException {
    PartitionId partition = newPartition();
    tools().send(partition, Codec.NONE, numbered(0, 2000, 1000));
    TestBroker leader = kafka.broker(tools().leader(partition));
    try (KafkaCluster impatient = KafkaClusters.connect(settings(SHORT_TIMEOUT));
        RangeReader reader = impatient.read(new OffsetRange(partition, 0, 2000), SMALL_FETCHES)) {
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
    } finally {
      leader.resume();
    }
  }

  @Test
  void givesUpOnOffsetsNotYetWritten() throws IOException {
    PartitionId partition = newPartition();
    tools().send(partition, TestRecord.of("key", "value"));
    try (KafkaCluster impatient = KafkaClusters.connect(settings(SHORT_TIMEOUT));
        RangeReader reader = impatient.read(new OffsetRange(partition, 0, 2), LARGE_FETCHES)) {
      assertThat(reader.next().nextOffset()).isEqualTo(1);
      assertThatThrownBy(reader::next)
          .isInstanceOf(KafkaUnreachableException.class)
          .hasMessageContaining("offset 1")
          .hasMessageContaining("end is 1");
    }
  }

  @Test
  void growsItsFetchesForALargeMessage() throws IOException {
    PartitionId partition = newPartition();
    List<TestRecord> records = numbered(0, 3, 100_000);
    tools().send(partition, Codec.NONE, records);
    assertThat(read(new OffsetRange(partition, 0, 3), new ReadSettings(10, 100_100, 1)))
        .isEqualTo(expected(records, 0, 3));
  }

  @Test
  void namesEachServerThatCannotBeReached() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ClusterSettings nobody =
        new ClusterSettings(
            List.of("127.0.0.1:" + port, "no-such-host.invalid:9092"), SHORT_TIMEOUT, Map.of());
    assertThatThrownBy(() -> KafkaClusters.connect(nobody))
        .isInstanceOf(KafkaUnreachableException.class)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("refused")
        .hasMessageContaining("no-such-host.invalid:9092")
        .hasMessageContaining("UnknownHost");
  }

  @Test
  void givesUpOnOffsetsOfABrokerThatHangs() throws IOException {
    PartitionId partition = newPartition();
    TestBroker leader = kafka.broker(tools().leader(partition));
    try (KafkaCluster impatient = KafkaClusters.connect(settings(SHORT_TIMEOUT))) {
      leader.suspend();
      assertThatThrownBy(() -> impatient.describe(TopicFilter.of(partition.topic())))
          .isInstanceOfSatisfying(
              LoaderException.class,
              e -> assertThat(e.exitCode()).isEqualTo(ExitCode.KAFKA_UNREACHABLE));
    } finally {
      leader.resume();
    }
  }
}
