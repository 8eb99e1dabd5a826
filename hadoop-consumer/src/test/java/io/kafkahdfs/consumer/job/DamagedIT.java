package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.job.Landed.Row;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestBroker;
import io.kafkahdfs.testkit.kafka.TestKafka;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A broker that loses data, goes away, and comes back or does not. */
class DamagedIT extends LoadFixture {
  /** So many records that a load of them is in its middle when its first record is mapped. */
  private static final int MANY = 3000;

  /** The smallest that may be fetched at once. */
  private static final String[] SMALL_FETCHES = {"--fetch-bytes", "1024", "--fetch-ahead", "1"};

  private static TestKafka kafka;
  private final ExecutorService driver = Executors.newSingleThreadExecutor();

  @BeforeAll
  static void start() throws IOException {
    kafka = TestKafka.start(KafkaVersion.V0_9);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @AfterEach
  void endDriver() {
    LatchMapper.release();
    driver.shutdownNow();
  }

  @Override
  TestKafka kafka() {
    return kafka;
  }

  @Test
  void aDamagedRecordFailsTheRunUnlessItMayBeLeftOut() throws Exception {
    // A message of 0.9 has 26 bytes before its key.
    int messageBytes = 26 + 2 + 2;
    sendTwoDigits(10, 20);
    damageAt(5 * messageBytes + 29);

    InProcess.Result failed = load();
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
    assertThat(failed.err()).contains(topic + "-0 [5, 6)", "checksum", "--on-bad skip");
    assertThat(landed.files(topic)).isEmpty();
    assertThat(landed.store().list(landed.state().staging())).isEmpty();

    InProcess.Result skipped = load("--on-bad", "skip");
    assertThat(skipped.exitCode()).as(skipped.err()).isZero();
    assertThat(landed.avro(topic))
        .extracting(Row::offset)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 6L, 7L, 8L, 9L);
    Commit.Partition partition = landed.commit().partitions().get(0);
    assertThat(List.of(partition.tally().written(), partition.tally().bad()))
        .containsExactly(9L, 1L);

    root = new org.apache.hadoop.fs.Path(newFolder(), "out");
    landed = new Landed(configuration(), root);
    InProcess.Result putAside = load("--on-bad", "quarantine");
    assertThat(putAside.exitCode()).as(putAside.err()).isZero();
    assertThat(landed.avro(topic)).hasSize(9);
    assertThat(landed.avro("_quarantine/" + topic))
        .extracting(Row::partition, Row::offset, Row::key, row -> row.value().length())
        .as("the whole message, as the broker has it")
        .containsExactly(tuple(0, 5L, "null", messageBytes));
    assertThat(
            new LoadCommand(configuration(), "--output", root.toString())
                .run("verify", "--deep")
                .exitCode())
        .isZero();
    assertThat(
            new LoadCommand(configuration(), "--output", root.toString())
                .run("cat", "--quarantine")
                .out())
        .contains("offsets 5-5: a wrong checksum");
  }

  /** Records of keys and values that all have two bytes. */
  private void sendTwoDigits(int from, int until) throws IOException {
    List<TestRecord> records = new ArrayList<>();
    for (int i = from; i < until; i++) {
      records.add(TestRecord.of(String.valueOf(i), String.valueOf(i)));
    }
    kafka().tools().send(partition(0), Codec.NONE, records);
  }

  /** Flips a bit in the first segment of partition 0. */
  private void damageAt(int at) throws IOException {
    TestBroker broker = kafka().broker(0);
    broker.stop();
    Path segment =
        broker.data().resolve(partition(0).toString()).resolve("00000000000000000000.log");
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(at);
      int old = file.read();
      file.seek(at);
      file.write(old ^ 0x10);
    }
    broker.start();
  }

  @Test
  void aBrokerThatComesBackIsReadOnFrom() throws Exception {
    send(0, 0, MANY);
    Future<InProcess.Result> load = loadToTheFirstRecord();
    kafka().broker(0).kill();
    LatchMapper.release();
    kafka().broker(0).start();

    InProcess.Result result = load.get();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, MANY));
  }

  @Test
  void aBrokerThatStaysAwayFailsTheRunAndTheNextOneLandsAll() throws Exception {
    send(0, 0, MANY);
    try {
      Future<InProcess.Result> load = loadToTheFirstRecord("--timeout", "2s");
      kafka().broker(0).kill();
      LatchMapper.release();

      InProcess.Result result = load.get();
      assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
      assertThat(result.err()).contains(topic + "-0", kafka().broker(0).address());
      assertThat(landed.files(topic)).isEmpty();
      assertThat(landed.store().list(landed.state().commits())).isEmpty();
      assertThat(landed.store().list(landed.state().staging())).isEmpty();
      assertThat(landed.store().entry(LoadLock.file(landed.state().path()))).isEmpty();
    } finally {
      kafka().broker(0).start();
    }
    InProcess.Result next = load();
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, 0, MANY));
  }

  @Test
  void whatRetentionRemovesFromUnderARunStopsItUnlessTheLossIsAccepted() throws Exception {
    prepareSegments();
    Future<InProcess.Result> load = loadToTheFirstRecord();
    kafka().tools().removeBefore(partition(0), MANY / 2);
    LatchMapper.release();

    InProcess.Result result = load.get();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
    assertThat(result.err()).contains(topic + "-0 [", "--on-missing skip");
    assertThat(landed.files(topic)).isEmpty();
    assertThat(landed.store().list(landed.state().staging())).isEmpty();

    prepare();
    prepareSegments();
    Future<InProcess.Result> tolerant = loadToTheFirstRecord("--on-missing", "skip");
    int first = (int) kafka().tools().removeBefore(partition(0), MANY / 2);
    LatchMapper.release();

    assertThat(tolerant.get().exitCode()).as(tolerant.get().err()).isZero();
    Commit.Partition partition = landed.commit().partitions().get(0);
    int lost = (int) partition.tally().lost();
    // What had been fetched already was not lost.
    assertThat(lost).isPositive().isLessThan(first);
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, first - lost), rows(0, first, MANY)));
    assertThat(partition.tally().written()).isEqualTo(MANY - lost);
  }

  @Test
  void aReplayOfOffsetsThatAreGoneNamesThemAndLandsWhatIsLeftOnRequest() throws Exception {
    prepareSegments();
    int first = (int) kafka().tools().removeBefore(partition(0), MANY / 2);
    List<String> replay =
        new ArrayList<>(
            List.of("replay", "--partition", "0", "--from", "3", "--until", String.valueOf(MANY)));
    InProcess.Result failed = load(replay.toArray(String[]::new));
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(4);
    assertThat(failed.err())
        .contains(topic + "-0 [3, " + first + ")", "--from " + first, "--on-missing skip");
    assertThat(landed.store().entry(root)).isEmpty();

    replay.addAll(List.of("--on-missing", "skip"));
    InProcess.Result rest = load(replay.toArray(String[]::new));
    assertThat(rest.exitCode()).as(rest.err()).isZero();
    assertThat(landed.avro(topic)).isEqualTo(rows(0, first, MANY));
    assertThat(landed.commit().partitions().get(0).tally().lost()).isEqualTo(first - 3);
  }

  /** The test's topic with many segments, of which retention can remove the first ones. */
  private void prepareSegments() throws IOException {
    topic = Servers.newTopic("segments");
    kafka().tools().createTopic(topic, 1, 1, Map.of("segment.bytes", "10000"));
    for (int i = 0; i < MANY; i += 100) {
      send(0, i, i + 100);
    }
  }

  private Future<InProcess.Result> loadToTheFirstRecord(String... more) throws Exception {
    LatchMapper.reset();
    List<String> arguments = new ArrayList<>(List.of(SMALL_FETCHES));
    arguments.addAll(List.of("--maps", "1", "--mapper", LatchMapper.class.getName()));
    arguments.addAll(List.of(more));
    Future<InProcess.Result> load = driver.submit(() -> load(arguments.toArray(String[]::new)));
    assertThat(LatchMapper.awaitReached()).isTrue();
    return load;
  }
}
