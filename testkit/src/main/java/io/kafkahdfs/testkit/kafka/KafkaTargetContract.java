package io.kafkahdfs.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.RecordPart;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendFailedException;
import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicRules;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link KafkaTarget}, and the senders it makes, must do. Extended by the test of each.
 */
public abstract class KafkaTargetContract {
  private static final AtomicInteger TOPICS = new AtomicInteger();

  /** Others would fall to retention. */
  private static final long NOW = System.currentTimeMillis();

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final RecordSender.Acknowledgement IGNORED = (partition, offset) -> {};

  private KafkaTarget target;

  /** The tools of the cluster under test; closed by whoever extends this. */
  protected abstract KafkaTools tools();

  /** A broker of the cluster under test; empty if it cannot be suspended. */
  protected abstract Optional<TestBroker> broker(int id);

  /**
   * Connects to the cluster under test.
   *
   * @param client properties of Kafka's client
   */
  protected abstract KafkaTarget connect(Map<String, String> client) throws IOException;

  private boolean can(Capability capability) {
    return tools().capabilities().contains(capability);
  }

  @BeforeEach
  final void connectToCluster() throws IOException {
    target = connect(Map.of());
  }

  @AfterEach
  final void disconnect() {
    target.close();
  }

  @Test
  void countsPartitionsAndCreatesNone() throws IOException {
    String topic = newTopic(3);
    String unknown = newTopicName();
    assertThat(target.partitionCounts(Set.of(topic, unknown))).containsExactly(Map.entry(topic, 3));
    assertThat(tools().topics()).doesNotContain(unknown);
  }

  @Test
  void tellsWhatGetsLost() throws IOException {
    assertThat(target.lostParts().contains(RecordPart.HEADERS))
        .isNotEqualTo(can(Capability.HEADERS));
    assertThat(target.transactions().isPresent()).isEqualTo(can(Capability.TRANSACTIONS));
  }

  @Test
  void sendsRecordsAsTheyAreToTheirPartitionInOrder() throws IOException {
    String topic = newTopic(2);
    List<TestRecord> records = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      records.add(record(i));
    }
    List<Integer> acknowledged = new CopyOnWriteArrayList<>();
    try (RecordSender sender = target.sender(settings(SendSettings.Compression.NONE))) {
      // One that is moved on, as readers do it.
      KafkaRecord moved = new KafkaRecord();
      for (int i = 0; i < records.size(); i++) {
        fill(moved, records.get(i));
        sender.send(moved, topic, i % 3 == 0 ? 0 : 1, i, (p, offset) -> acknowledged.add(p));
      }
      sender.flush();
      assertThat(acknowledged).hasSize(300);
      assertThat(acknowledged.stream().filter(partition -> partition == 0)).hasSize(100);
      assertThat(sender.maybeRepeated()).isZero();
    }
    List<String> sent = records.stream().map(this::seen).toList();
    for (int partition = 0; partition < 2; partition++) {
      List<String> wanted = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        if ((i % 3 == 0 ? 0 : 1) == partition) {
          wanted.add(sent.get(i));
        }
      }
      assertThat(read(topic, partition)).isEqualTo(wanted);
    }
  }

  @Test
  void saysAtWhichOffsetARecordStands() throws IOException {
    String topic = newTopic(1);
    tools().send(new PartitionId(topic, 0), TestRecord.of("k", "another"));
    List<Long> acknowledged = new CopyOnWriteArrayList<>();
    try (RecordSender sender = target.sender(settings(SendSettings.Compression.NONE))) {
      for (int i = 0; i < 5; i++) {
        sender.send(
            view(TestRecord.of("k", "v" + i)),
            topic,
            0,
            i,
            (p, offset) -> acknowledged.add(offset));
      }
      sender.flush();
    }
    assertThat(acknowledged).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void readsBackWhatItSent() throws IOException {
    String topic = newTopic(1);
    PartitionId partition = new PartitionId(topic, 0);
    try (RecordSender sender = target.sender(settings(SendSettings.Compression.NONE))) {
      sender.send(view(TestRecord.of("k", "a")), topic, 0, 1, IGNORED);
      sender.flush();
    }
    KafkaCluster cluster = target.cluster();
    assertThat(cluster.generation()).isEqualTo(target.generation());
    OffsetRange all = cluster.describe(TopicFilter.of(partition.topic())).readable().get(partition);
    assertThat(all).isEqualTo(new OffsetRange(partition, 0, 1));
    assertThat(readBack(all, Isolation.READ_COMMITTED)).containsExactly("a");
  }

  @Test
  void readsBackWhatIsAbortedOnlyIfAskedTo() throws IOException {
    if (!can(Capability.TRANSACTIONS)) {
      assertThat(target.transactions()).isEmpty();
      return;
    }
    String topic = newTopic(1);
    Transactions transactions = target.transactions().orElseThrow();
    try (TransactionalSender first = transactions.sender(topic, settings())) {
      first.send(view(TestRecord.of("k", "a")), topic, 0, 1, IGNORED);
      first.flush();
      // Its successor aborts it.
      transactions.sender(topic, settings()).close();
    }
    OffsetRange record = new OffsetRange(new PartitionId(topic, 0), 0, 1);
    assertThat(readBack(record, Isolation.READ_COMMITTED)).isEmpty();
    assertThat(readBack(record, Isolation.READ_UNCOMMITTED)).containsExactly("a");
  }

  private List<String> readBack(OffsetRange range, Isolation isolation) throws IOException {
    List<String> values = new ArrayList<>();
    ReadSettings reading = new ReadSettings(1 << 16, 1 << 20, 1).with(isolation);
    try (RangeReader in = target.cluster().read(range, reading)) {
      KafkaRecord record = new KafkaRecord();
      for (RecordBatch batch = in.next(); batch != null; batch = in.next()) {
        while (batch.next(record)) {
          values.add(record.value().toString());
        }
      }
    }
    return values;
  }

  @Test
  void placesRecordsByTheirKeys() throws IOException {
    String topic = newTopic(4);
    Map<Integer, AtomicInteger> acknowledged = new java.util.concurrent.ConcurrentHashMap<>();
    try (RecordSender sender = target.sender(settings(SendSettings.Compression.NONE))) {
      for (int i = 0; i < 200; i++) {
        sender.send(
            view(TestRecord.of("key" + i % 20, "value" + i)),
            topic,
            RecordSender.BY_KEY,
            i,
            (p, offset) ->
                acknowledged.computeIfAbsent(p, q -> new AtomicInteger()).incrementAndGet());
      }
      sender.flush();
    }
    List<List<String>> keys = new ArrayList<>();
    for (int partition = 0; partition < 4; partition++) {
      List<String> found = new ArrayList<>();
      tools()
          .read(
              new PartitionId(topic, partition),
              (offset, record) -> found.add(new String(record.key(), StandardCharsets.UTF_8)));
      int count = acknowledged.getOrDefault(partition, new AtomicInteger()).get();
      assertThat(found).hasSize(count);
      keys.add(found.stream().distinct().toList());
    }
    assertThat(keys.stream().filter(list -> !list.isEmpty())).hasSizeGreaterThan(1);
    assertThat(keys.stream().flatMap(List::stream)).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void compressesAsTheBrokersCan() throws IOException {
    for (Codec codec : tools().codecs()) {
      String topic = newTopic(1);
      try (RecordSender sender =
          target.sender(settings(SendSettings.Compression.valueOf(codec.name())))) {
        sender.send(view(TestRecord.of("k", codec.name())), topic, 0, 1, IGNORED);
        sender.flush();
      }
      assertThat(values(topic)).containsExactly(codec.name());
    }
  }

  @Test
  void namesTheRecordThatTheBrokersDoNotTake() throws IOException {
    String topic = newTopicName();
    tools().createTopic(topic, 1, 1, Map.of("max.message.bytes", "10000"));
    try (RecordSender sender = target.sender(settings(SendSettings.Compression.NONE))) {
      sender.send(view(TestRecord.of("k", "small")), topic, 0, 1, IGNORED);
      sender.flush();
      SendFailedException failure =
          catchThrowableOfType(
              SendFailedException.class,
              () -> {
                sender.send(view(TestRecord.of("k", "x".repeat(20_000))), topic, 0, 2, IGNORED);
                sender.flush();
              });
      assertThat(failure.number()).isEqualTo(2);
      assertThat(failure.reason()).contains(topic, "max.message.bytes");
      assertThatThrownBy(() -> sender.send(view(TestRecord.of("k", "next")), topic, 0, 3, IGNORED))
          .as("what comes behind it could overtake it")
          .isInstanceOf(SendFailedException.class);
    }
    assertThat(values(topic)).containsExactly("small");
  }

  /** Records of a batch fail together, and the first of them is not at fault. */
  @Test
  void namesTheLargeRecordAndNotThoseBesideIt() throws IOException {
    String topic = newTopicName();
    tools().createTopic(topic, 1, 1, Map.of("max.message.bytes", "5000"));
    // Brokers that tell what their topics take get no batches that are larger.
    int batch = can(Capability.TRANSACTIONS) ? 4_096 : 8_192;
    SendSettings settings =
        new SendSettings(SendSettings.Compression.NONE, batch, Duration.ofSeconds(10));
    try (RecordSender sender = target.sender(settings)) {
      SendFailedException failure =
          catchThrowableOfType(
              SendFailedException.class,
              () -> {
                sender.send(view(TestRecord.of("k", "first")), topic, 0, 1, IGNORED);
                sender.send(view(TestRecord.of("k", "x".repeat(6_000))), topic, 0, 2, IGNORED);
                sender.send(view(TestRecord.of("k", "3")), topic, 0, 3, IGNORED);
                sender.flush();
              });
      assertThat(failure.number()).isEqualTo(2);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(failure.reason()).contains(topic, "6001 bytes", "max.message.bytes");
    }
  }

  @Test
  void namesTheRecordThatItsOwnClientDoesNotSend() throws IOException {
    String topic = newTopic(1);
    try (KafkaTarget small = connect(Map.of("max.request.size", "20000"));
        RecordSender sender = small.sender(settings())) {
      SendFailedException failure =
          catchThrowableOfType(
              SendFailedException.class,
              () -> sender.send(view(TestRecord.of("", "x".repeat(30_000))), topic, 0, 7, IGNORED));
      assertThat(failure.number()).isEqualTo(7);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(failure.reason())
          .contains(topic, "30000 bytes", "kafka.max.request.size")
          .doesNotContain("message.max.bytes");
    }
  }

  @Test
  void namesTheRecordWhosePartitionIsMissing() throws IOException {
    String topic = newTopic(2);
    try (KafkaTarget impatient = connect(Map.of("max.block.ms", "3000"));
        RecordSender sender = impatient.sender(settings())) {
      sender.send(view(TestRecord.of("k", "first")), topic, 1, 1, IGNORED);
      sender.flush();
      SendFailedException failure =
          catchThrowableOfType(
              SendFailedException.class,
              () -> sender.send(view(TestRecord.of("k", "v")), topic, 2, 9, IGNORED));
      assertThat(failure.number()).isEqualTo(9);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(failure.reason()).contains(topic, "partition 2");
    }
  }

  @Test
  void looksAtTopics() throws IOException {
    String topic = newTopicName();
    tools()
        .createTopic(
            topic, 2, 1, Map.of("max.message.bytes", "54321", "retention.ms", "172800000"));
    String unknown = newTopicName();
    SortedMap<String, TargetTopic> described = target.describe(Set.of(topic, unknown));
    assertThat(described.keySet()).containsExactly(topic);
    assertThat(tools().topics()).doesNotContain(unknown);
    assertThat(described.get(topic).partitions()).isEqualTo(2);
    if (!can(Capability.TRANSACTIONS)) {
      assertThat(described.get(topic).hidden()).isPresent();
      return;
    }
    TopicRules rules = described.get(topic).rules().orElseThrow();
    assertThat(rules.maxMessageBytes()).isEqualTo(54_321);
    assertThat(rules.retention()).contains(Duration.ofDays(2));
    assertThat(rules.deletes()).isTrue();
    assertThat(rules.compacts()).isFalse();
    assertThat(rules.stampsArrival()).isFalse();
    assertThat(rules.oldestTaken()).isEmpty();
    assertThat(List.of(rules.minInSync(), rules.replicas(), rules.inSync()))
        .containsExactly(1, 1, 1);

    String other = newTopicName();
    tools()
        .createTopic(
            other,
            1,
            1,
            Map.of(
                "cleanup.policy",
                "compact",
                "retention.ms",
                "-1",
                "message.timestamp.type",
                "LogAppendTime",
                "min.insync.replicas",
                "2"));
    TopicRules others = target.describe(Set.of(other)).get(other).rules().orElseThrow();
    assertThat(others.deletes()).isFalse();
    assertThat(others.compacts()).isTrue();
    assertThat(others.retention()).isEmpty();
    assertThat(others.stampsArrival()).isTrue();
    assertThat(others.minInSync()).isEqualTo(2);
  }

  /** Those that do not tell beforehand refuse it as if they could be asked again. */
  @Test
  void namesTheRecordWithoutAKeyThatACompactedTopicDoesNotTake() throws IOException {
    if (!can(Capability.TRANSACTIONS)) {
      // They are asked until the time-out is over, which takes too long here.
      assertThat(target.transactions()).isEmpty();
      return;
    }
    String topic = newTopicName();
    tools().createTopic(topic, 1, 1, Map.of("cleanup.policy", "compact"));
    try (RecordSender sender = target.sender(settings())) {
      sender.send(view(TestRecord.of("k", "first")), topic, 0, 1, IGNORED);
      sender.flush();
      SendFailedException failure =
          catchThrowableOfType(
              SendFailedException.class,
              () -> {
                sender.send(view(TestRecord.of(null, "no key")), topic, 0, 2, IGNORED);
                sender.flush();
              });
      assertThat(failure.number()).isEqualTo(2);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(failure.reason()).contains(topic, "no key", "cleanup.policy");
    }
  }

  @Test
  void namesTheRecordWhoseTimestampCannotBeSent() throws IOException {
    String topic = newTopic(1);
    KafkaRecord before1970 = view(TestRecord.of("k", "old"));
    before1970.setTimestamp(-5, TimestampType.CREATE_TIME);
    try (RecordSender sender = target.sender(settings())) {
      if (can(Capability.TIMESTAMPS)) {
        SendFailedException failure =
            catchThrowableOfType(
                SendFailedException.class, () -> sender.send(before1970, topic, 0, 3, IGNORED));
        assertThat(failure.number()).isEqualTo(3);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(failure.reason()).contains(topic, "-5", "--timestamps now");
      } else {
        sender.send(before1970, topic, 0, 3, IGNORED);
        sender.flush();
      }
    }
    try (RecordSender sender = target.sender(withoutTimestamps())) {
      sender.send(before1970, topic, 0, 4, IGNORED);
      sender.flush();
    }
    assertThat(values(topic)).isNotEmpty().containsOnly("old");
  }

  @Test
  void leavesOutTimestampsIfItIsToldTo() throws IOException {
    String topic = newTopic(1);
    long hourAgo = NOW - TimeUnit.HOURS.toMillis(1);
    try (RecordSender sender = target.sender(withoutTimestamps())) {
      sender.send(view(TestRecord.of("k", "v").at(hourAgo)), topic, 0, 1, IGNORED);
      sender.flush();
    }
    List<TestRecord> found = new ArrayList<>();
    tools().read(new PartitionId(topic, 0), (offset, record) -> found.add(record));
    assertThat(found).hasSize(1);
    if (can(Capability.TIMESTAMPS)) {
      assertThat(found.get(0).timestamp().orElseThrow()).isGreaterThan(hourAgo);
    }
  }

  /**
   * The broker hangs, so that the client takes the request for lost, and then answers after all.
   */
  @Test
  void countsWhatWasSentAgain() throws IOException {
    String topic = newTopic(1);
    try (KafkaTarget impatient = connect(Map.of("request.timeout.ms", "500"));
        RecordSender sender = impatient.sender(settings(SendSettings.Compression.NONE))) {
      sender.send(view(TestRecord.of("k", "first")), topic, 0, 1, IGNORED);
      sender.flush();
      assertThat(sender.maybeRepeated()).isZero();
      Optional<TestBroker> broker = broker(tools().leader(new PartitionId(topic, 0)));
      if (!can(Capability.TRANSACTIONS) && broker.isPresent()) {
        broker.get().suspend();
        try {
          sender.send(view(TestRecord.of("k", "second")), topic, 0, 2, IGNORED);
          await("a record that is sent again")
              .atMost(LONGEST)
              .until(() -> sender.maybeRepeated() != 0);
        } finally {
          broker.get().resume();
        }
        sender.flush();
      }
      List<String> values = values(topic);
      assertThat(values).startsWith("first");
      assertThat(values.size() - values.stream().distinct().count())
          .isLessThanOrEqualTo(sender.maybeRepeated());
    }
  }

  @Test
  void showsATransactionWhenItIsCommittedTogetherWithItsProgress() throws IOException {
    if (!can(Capability.TRANSACTIONS)) {
      assertThat(target.transactions()).isEmpty();
      return;
    }
    String topic = newTopic(2);
    PartitionId anchor = new PartitionId(topic, 0);
    Transactions transactions = target.transactions().orElseThrow();
    assertThat(transactions.longest()).as("Kafka's default").contains(Duration.ofMinutes(15));
    try (TransactionalSender sender = transactions.sender(topic, settings())) {
      assertThat(sender.progress(anchor)).isEmpty();
      sender.send(view(TestRecord.of("k", "a")), topic, 0, 1, IGNORED);
      sender.send(view(TestRecord.of("k", "b")), topic, 1, 2, IGNORED);
      sender.flush();
      assertThat(values(topic)).isEmpty();
      sender.commit(anchor, new SendProgress(2, "a note"));
      awaitValues(topic, "a");
      assertThat(sender.progress(anchor)).contains(new SendProgress(2, "a note"));
      // Progress may move without a record, such as behind bad ones.
      sender.commit(anchor, new SendProgress(5, "none"));
      assertThat(sender.progress(anchor)).contains(new SendProgress(5, "none"));
      sender.send(view(TestRecord.of("k", "c")), topic, 0, 6, IGNORED);
      sender.flush();
    }
    assertThat(values(topic)).as("what was left open is aborted").containsExactly("a");
    transactions.deleteProgress(Set.of(topic, "never." + topic));
  }

  @Test
  void aSuccessorShutsOutAndAbortsWhoSentUnderItsId() throws IOException {
    if (!can(Capability.TRANSACTIONS)) {
      assertThat(target.transactions()).isEmpty();
      return;
    }
    String topic = newTopic(1);
    PartitionId anchor = new PartitionId(topic, 0);
    Transactions transactions = target.transactions().orElseThrow();
    try (TransactionalSender first = transactions.sender(topic, settings())) {
      first.send(view(TestRecord.of("k", "a")), topic, 0, 1, IGNORED);
      first.commit(anchor, new SendProgress(1, ""));
      first.send(view(TestRecord.of("k", "b")), topic, 0, 2, IGNORED);
      first.flush();
      try (TransactionalSender second = transactions.sender(topic, settings())) {
        assertThat(second.progress(anchor)).contains(new SendProgress(1, ""));
        assertThatThrownBy(() -> first.commit(anchor, new SendProgress(2, "")))
            .isInstanceOf(LoaderException.class);
        second.send(view(TestRecord.of("k", "b again")), topic, 0, 2, IGNORED);
        second.commit(anchor, new SendProgress(2, ""));
      }
    }
    awaitValues(topic, "a", "b again");
  }

  private static SendSettings settings() {
    return settings(SendSettings.Compression.NONE);
  }

  private static SendSettings withoutTimestamps() {
    return new SendSettings(SendSettings.Compression.NONE, 4096, Duration.ofMillis(5), false);
  }

  private static SendSettings settings(SendSettings.Compression compression) {
    return new SendSettings(compression, 4096, Duration.ofMillis(5));
  }

  private TestRecord record(int i) {
    TestRecord record =
        switch (i % 4) {
          case 0 -> TestRecord.of(null, "value " + i);
          case 1 -> TestRecord.of("key" + i, null);
          case 2 -> TestRecord.of("", "");
          default -> TestRecord.of("κλειδί" + i, "x".repeat(i));
        };
    return record
        .at(NOW - i)
        .with(new TestHeader("h", new byte[] {1, (byte) i}), new TestHeader("h", null));
  }

  private static KafkaRecord view(TestRecord record) {
    KafkaRecord view = new KafkaRecord();
    fill(view, record);
    return view;
  }

  private static void fill(KafkaRecord view, TestRecord record) {
    view.key().set(record.key());
    view.value().set(record.value());
    if (record.timestamp().isPresent()) {
      view.setTimestamp(record.timestamp().getAsLong(), TimestampType.CREATE_TIME);
    }
    view.setHeaders(
        record.headers().stream()
            .map(header -> new RecordHeader(header.key(), header.value()))
            .toList());
  }

  /** A record as consumers of this Kafka see it, to compare. */
  private String seen(TestRecord record) {
    StringBuilder text = new StringBuilder();
    text.append(Arrays.toString(record.key())).append('=').append(Arrays.toString(record.value()));
    if (can(Capability.TIMESTAMPS)) {
      text.append(" at ").append(record.timestamp());
    }
    if (can(Capability.HEADERS)) {
      record
          .headers()
          .forEach(h -> text.append(' ').append(h.key()).append(Arrays.toString(h.value())));
    }
    return text.toString();
  }

  private List<String> read(String topic, int partition) throws IOException {
    List<String> found = new ArrayList<>();
    tools().read(new PartitionId(topic, partition), (offset, record) -> found.add(seen(record)));
    return found;
  }

  /** The values of the first partition. */
  private List<String> values(String topic) throws IOException {
    List<String> values = new ArrayList<>();
    tools()
        .read(
            new PartitionId(topic, 0),
            (offset, record) -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
    return values;
  }

  /** A transaction that is committed is seen a moment later. */
  private void awaitValues(String topic, String... wanted) {
    await().atMost(LONGEST).untilAsserted(() -> assertThat(values(topic)).containsExactly(wanted));
  }

  private static String newTopicName() {
    return "target." + TOPICS.incrementAndGet();
  }

  private String newTopic(int partitions) throws IOException {
    String topic = newTopicName();
    tools().createTopic(topic, partitions);
    return topic;
  }
}
