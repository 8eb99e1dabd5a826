package io.kafkahdfs.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.OffsetsRemovedException;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.client.RecordLook;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.docs.CompatibilityTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What every {@link KafkaCluster} must do. Extended by the test of each. What passing tests saw of
 * a broker must be what {@code docs/compatibility.md} says of it.
 */
@ExtendWith(KafkaClusterContract.Documented.class)
public abstract class KafkaClusterContract extends RangesContract {
  private static final Path DOCUMENT = Path.of("../docs/compatibility.md");

  /** What the running test has looked for, and whether it is there to be seen. */
  private final Map<String, Boolean> seen = new HashMap<>();

  /** The Kafka under test, if it has a row in the documentation. */
  protected Optional<KafkaVersion> documented() {
    return Optional.empty();
  }

  private boolean can(Capability capability) {
    return sees(capability, capabilities().contains(capability));
  }

  private boolean sees(Enum<?> subject, boolean there) {
    seen.put(subject.name().toLowerCase(Locale.ROOT).replace('_', ' '), there);
    return there;
  }

  static final class Documented implements AfterTestExecutionCallback {
    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
      // A class within it that holds the same Kafka to another contract is not meant.
      if (context.getRequiredTestInstance() instanceof KafkaClusterContract test
          && test.documented().isPresent()
          && context.getExecutionException().isEmpty()) {
        CompatibilityTable.of(DOCUMENT)
            .check(
                test.documented().get().release(),
                test.cluster().generation().name().toLowerCase(Locale.ROOT),
                test.seen);
      }
    }
  }

  @BeforeEach
  final void hasSeenNothing() {
    seen.clear();
  }

  @Test
  void findsPartitionsByNameAndPattern() throws IOException {
    String prefix = newTopicName();
    tools().createTopic(prefix + ".a", 3);
    tools().createTopic(prefix + ".b", 1);
    tools().createTopic(prefix + ".c", 1);
    assertThat(cluster().describe(TopicFilter.of(prefix + ".a")).partitions().keySet())
        .containsExactly(
            new PartitionId(prefix + ".a", 0),
            new PartitionId(prefix + ".a", 1),
            new PartitionId(prefix + ".a", 2));
    TopicFilter filter =
        new TopicFilter(
            Set.of(prefix + ".c"),
            Optional.of(Pattern.compile(Pattern.quote(prefix) + "\\.[ab]")),
            Optional.of(Pattern.compile(".*\\.a")));
    assertThat(cluster().describe(filter).partitions().keySet())
        .containsExactly(new PartitionId(prefix + ".b", 0), new PartitionId(prefix + ".c", 0));
  }

  @Test
  void namesTheHostOfEachLeader() throws IOException {
    PartitionId partition = newPartition();
    PartitionSnapshot described = described(partition);
    assertThat(described.partition()).isEqualTo(partition);
    assertThat(described.leaderHost()).isPresent();
  }

  @Test
  void neitherFindsNorCreatesAnUnknownTopic() throws IOException {
    String unknown = newTopicName();
    assertThat(cluster().describe(TopicFilter.of(unknown)).partitions()).isEmpty();
    assertThat(cluster().describe(TopicFilter.of(unknown)).topicIds()).isEmpty();
    PartitionId partition = new PartitionId(unknown, 0);
    assertThatThrownBy(() -> cluster().offsetsAt(Set.of(partition), Instant.EPOCH))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining(unknown);
    assertThat(tools().topics()).doesNotContain(unknown);
  }

  @Test
  void saysWhatIsAvailable() throws IOException {
    String topic = newTopicName();
    tools().createTopic(topic, 3, 1, Map.of("segment.bytes", "1000"));
    PartitionId empty = new PartitionId(topic, 0);
    PartitionId full = new PartitionId(topic, 1);
    PartitionId shortened = new PartitionId(topic, 2);
    tools().send(full, Codec.NONE, numbered(0, 5, 10));
    sendOneByOne(shortened, numbered(0, 50, 100));
    long first = tools().removeBefore(shortened, 25);
    assertThat(first).isPositive();
    assertThat(cluster().describe(TopicFilter.of(topic)).readable())
        .containsOnly(
            Map.entry(empty, new OffsetRange(empty, 0, 0)),
            Map.entry(full, new OffsetRange(full, 0, 5)),
            Map.entry(shortened, new OffsetRange(shortened, first, 50)));
  }

  @Test
  void leavesKafkasOwnTopicsToThoseWhoNameThem() throws IOException {
    String own = "__consumer_offsets";
    String usual = newPartition().topic();
    if (!tools().topics().contains(own)) {
      tools().createTopic(own, 1, 1, Map.of("cleanup.policy", "compact"));
    }
    Optional<Pattern> any = Optional.of(Pattern.compile(".*"));
    TopicFilter all = new TopicFilter(Set.of(), any, Optional.empty());
    TopicsSnapshot found = cluster().describe(all);
    assertThat(found.partitions().keySet()).extracting(PartitionId::topic).contains(usual);
    assertThat(found.partitions().keySet()).extracting(PartitionId::topic).doesNotContain(own);
    assertThat(found.topicIds()).doesNotContainKey(own);
    assertThat(found.internalTopics()).contains(own).doesNotContain(usual);
    for (TopicFilter naming :
        List.of(TopicFilter.of(own), new TopicFilter(Set.of(own), any, Optional.empty()))) {
      TopicsSnapshot named = cluster().describe(naming);
      assertThat(named.partitions().keySet()).extracting(PartitionId::topic).contains(own);
      assertThat(named.internalTopics()).doesNotContain(own);
    }
    Optional<Pattern> others = Optional.of(Pattern.compile("__.*"));
    assertThat(cluster().describe(new TopicFilter(Set.of(), any, others)).internalTopics())
        .isEmpty();
  }

  @Test
  void asksForNothing() throws IOException {
    assertThat(cluster().describe(TopicFilter.of()).partitions()).isEmpty();
    assertThat(cluster().offsetsAt(Set.of(), Instant.EPOCH)).isEmpty();
  }

  @Test
  void findsWhereATimeBegins() throws IOException {
    String topic = newTopicName();
    tools().createTopic(topic, 2);
    PartitionId empty = new PartitionId(topic, 0);
    PartitionId full = new PartitionId(topic, 1);
    Instant before = Instant.now();
    tools().send(full, Codec.NONE, numbered(0, 5, 10));
    Instant later = before.plusSeconds(86_400);
    assertThat(cluster().offsetsAt(Set.of(empty, full), Instant.EPOCH))
        .containsOnly(Map.entry(empty, 0L), Map.entry(full, 0L));
    assertThat(cluster().offsetsAt(Set.of(empty, full), before))
        .containsOnly(Map.entry(empty, 0L), Map.entry(full, 0L));
    assertThat(cluster().offsetsAt(Set.of(empty, full), later))
        .containsOnly(Map.entry(empty, 0L), Map.entry(full, 5L));
  }

  @Test
  void readsEveryCodec() throws IOException {
    for (Codec codec : Codec.values()) {
      if (!sees(codec, tools().codecs().contains(codec))) {
        continue;
      }
      PartitionId partition = newPartition();
      List<TestRecord> records = numbered(0, 300, 100);
      tools().send(partition, codec, records.subList(0, 200));
      tools().send(partition, codec, records.subList(200, 300));
      assertThat(read(new OffsetRange(partition, 0, 300), SMALL_FETCHES))
          .as("%s", codec)
          .isEqualTo(expected(records, 0, 300));
    }
  }

  @Test
  void readsFromTheMiddleOfACompressedSetToTheMiddleOfAnother() throws IOException {
    for (Codec codec : tools().codecs()) {
      PartitionId partition = newPartition();
      List<TestRecord> records = numbered(0, 30, 100);
      for (int set = 0; set < 30; set += 10) {
        tools().send(partition, codec, records.subList(set, set + 10));
      }
      assertThat(read(new OffsetRange(partition, 7, 24), LARGE_FETCHES))
          .as("%s", codec)
          .isEqualTo(expected(records, 7, 24));
      assertThat(read(new OffsetRange(partition, 13, 14), LARGE_FETCHES))
          .as("%s", codec)
          .isEqualTo(expected(records, 13, 14));
    }
  }

  @Test
  void readsAnEmptyRange() throws IOException {
    PartitionId partition = newPartition();
    tools().send(partition, TestRecord.of("key", "value"));
    assertThat(read(new OffsetRange(partition, 0, 0), LARGE_FETCHES)).isEmpty();
    assertThat(read(new OffsetRange(partition, 1, 1), LARGE_FETCHES)).isEmpty();
  }

  @Test
  void tellsNullFromEmpty() throws IOException {
    List<TestRecord> records =
        List.of(
            TestRecord.of(null, "value"),
            TestRecord.of("key", null),
            TestRecord.of("key", ""),
            TestRecord.of("", "value"),
            TestRecord.of(null, null));
    for (Codec codec : tools().codecs()) {
      PartitionId partition = newPartition();
      tools().send(partition, codec, records);
      assertThat(read(new OffsetRange(partition, 0, 5), LARGE_FETCHES))
          .as("%s", codec)
          .isEqualTo(expected(records, 0, 5));
    }
  }

  @Test
  void readsTinyAndHugeRecords() throws IOException {
    byte[] huge = new byte[10_000_000];
    new Random(1).nextBytes(huge);
    List<TestRecord> records =
        List.of(TestRecord.of(null, "1"), new TestRecord(null, huge), TestRecord.of(null, "2"));
    for (Codec codec : tools().codecs()) {
      PartitionId partition = newPartition();
      tools().send(partition, codec, records);
      assertThat(read(new OffsetRange(partition, 0, 3), LARGE_FETCHES))
          .as("%s", codec)
          .isEqualTo(expected(records, 0, 3));
    }
  }

  @Test
  void refusesARecordBeyondTheLimitAndNamesTheSetting() throws IOException {
    PartitionId partition = newPartition();
    tools().send(partition, TestRecord.of(null, "small"));
    tools().send(partition, new TestRecord(null, new byte[50_000]));
    assertThatThrownBy(
            () -> read(new OffsetRange(partition, 0, 2), new ReadSettings(1024, 32_768, 1)))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("load.max.fetch.bytes")
        .hasMessageContaining(partition.toString())
        .hasMessageContaining("offset 1");
  }

  @Test
  void stepsOverGaps() throws IOException {
    PartitionId partition =
        newPartition(
            Map.of(
                "cleanup.policy", "compact",
                "segment.bytes", "1000",
                "min.cleanable.dirty.ratio", "0.01"));
    sendOneByOne(partition, List.of(TestRecord.of("first", "stays")));
    for (int i = 1; i < 60; i++) {
      tools().send(partition, TestRecord.of("key", "value " + i));
    }
    tools().awaitCompaction(partition);
    List<Long> offsets = tools().offsets(partition);
    assertThat(offsets).startsWith(0L).endsWith(59L).doesNotContain(1L, 2L, 3L, 4L);
    assertThat(offsets(new OffsetRange(partition, 0, 60))).isEqualTo(offsets);
    assertThat(offsets(new OffsetRange(partition, 0, 4))).containsExactly(0L);
    assertThat(offsets(new OffsetRange(partition, 2, 4))).isEmpty();
    assertThat(look(partition, 0)).isEqualTo(read(partition, 0));
    assertThat(look(partition, 2)).isEqualTo(RecordLook.GONE);
    assertThat(offsets(new OffsetRange(partition, 2, 60)))
        .isEqualTo(offsets.subList(1, offsets.size()));
  }

  @Test
  void saysExactlyWhatRetentionRemovedFromTheStart() throws IOException {
    PartitionId partition = newPartition(Map.of("segment.bytes", "1000"));
    List<TestRecord> records = numbered(0, 50, 100);
    sendOneByOne(partition, records);
    long first = tools().removeBefore(partition, 25);
    assertThat(first).isBetween(5L, 25L);
    assertThat(removed(new OffsetRange(partition, 3, 50)))
        .isEqualTo(new OffsetRange(partition, 3, first));
    assertThat(removed(new OffsetRange(partition, 1, 4)))
        .isEqualTo(new OffsetRange(partition, 1, 4));
    assertThat(read(new OffsetRange(partition, first, 50), SMALL_FETCHES))
        .isEqualTo(expected(records, (int) first, 50));
  }

  @Test
  void saysExactlyWhatRetentionRemovedWhileItWasReading() throws IOException {
    PartitionId partition = newPartition(Map.of("segment.bytes", "10000"));
    List<TestRecord> records = numbered(0, 1000, 1000);
    for (int i = 0; i < 1000; i += 5) {
      tools().send(partition, Codec.NONE, records.subList(i, i + 5));
    }
    List<ReadRecord> seen = new ArrayList<>();
    try (RangeReader reader = cluster().read(new OffsetRange(partition, 0, 1000), SMALL_FETCHES)) {
      RecordWalk walk = new RecordWalk(reader, partition, 0);
      assertThat(walk.step(seen)).isTrue();
      long first = tools().removeBefore(partition, 900);
      OffsetsRemovedException exception =
          catchThrowableOfType(
              OffsetsRemovedException.class,
              () -> {
                while (walk.step(seen)) {
                  // On to the removed ones.
                }
              });
      assertThat(exception).isNotNull();
      assertThat(exception.removed()).isEqualTo(new OffsetRange(partition, walk.position(), first));
      assertThat(seen).isEqualTo(expected(records, 0, (int) walk.position()));
    }
  }

  @Test
  void refusesOffsetsThatThePartitionNeverHad() throws IOException {
    PartitionId partition = newPartition();
    tools().send(partition, TestRecord.of("key", "value"));
    assertThatThrownBy(() -> read(new OffsetRange(partition, 100, 110), LARGE_FETCHES))
        .isInstanceOf(LoaderException.class)
        .isNotInstanceOf(OffsetsRemovedException.class)
        .hasMessageContaining(partition.toString());
  }

  @Test
  void readsSeveralRangesAtOnce() throws IOException {
    String topic = newTopicName();
    tools().createTopic(topic, 3);
    List<TestRecord> records = numbered(0, 200, 100);
    List<RangeReader> readers = new ArrayList<>();
    List<RecordWalk> walks = new ArrayList<>();
    List<List<ReadRecord>> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      PartitionId partition = new PartitionId(topic, i);
      tools().send(partition, Codec.NONE, records);
      RangeReader reader = cluster().read(new OffsetRange(partition, i, 200), SMALL_FETCHES);
      readers.add(reader);
      walks.add(new RecordWalk(reader, partition, i));
      seen.add(new ArrayList<>());
    }
    boolean more = true;
    while (more) {
      more = false;
      for (int i = 0; i < 3; i++) {
        more |= walks.get(i).step(seen.get(i));
      }
    }
    for (int i = 0; i < 3; i++) {
      assertThat(seen.get(i)).isEqualTo(expected(records, i, 200));
      readers.get(i).close();
    }
  }

  @Test
  void canBeClosedBeforeTheEnd() throws IOException {
    PartitionId partition = newPartition();
    tools().send(partition, Codec.NONE, numbered(0, 1000, 1000));
    RangeReader reader = cluster().read(new OffsetRange(partition, 0, 1000), SMALL_FETCHES);
    assertThat(reader.next()).isNotNull();
    reader.close();
    reader.close();
    cluster().read(new OffsetRange(partition, 0, 1000), SMALL_FETCHES).close();
  }

  @Test
  void looksAtSingleRecords() throws IOException {
    for (Codec codec : tools().codecs()) {
      String topic = newTopicName();
      tools().createTopic(topic, 3);
      Map<PartitionId, Long> offsets = new HashMap<>();
      for (int i = 0; i < 3; i++) {
        PartitionId partition = new PartitionId(topic, i);
        tools().send(partition, codec, numbered(0, 100, 300));
        offsets.put(partition, 33L * (i + 1));
      }
      Map<PartitionId, RecordLook> looks = cluster().look(offsets, LARGE_FETCHES);
      assertThat(looks.keySet()).isEqualTo(offsets.keySet());
      looks.forEach(
          (partition, look) ->
              assertThat(look).as("%s", codec).isEqualTo(read(partition, offsets.get(partition))));
    }
    assertThat(cluster().look(Map.of(), LARGE_FETCHES)).isEmpty();
  }

  @Test
  void tellsByALookWhatDiffersInARecord() throws IOException {
    PartitionId partition = newPartition();
    List<TestRecord> records =
        List.of(
            TestRecord.of("key", "value"),
            TestRecord.of("key", "valuE"),
            TestRecord.of("keyv", "alue"),
            TestRecord.of(null, "value"),
            TestRecord.of("", "value"),
            TestRecord.of("key", null),
            TestRecord.of("key", ""),
            TestRecord.of(null, null));
    tools().send(partition, Codec.NONE, records);
    Set<String> checksums = new HashSet<>();
    for (long offset = 0; offset < records.size(); offset++) {
      RecordFingerprint seen = look(partition, offset).record();
      assertThat(seen.offset()).isEqualTo(offset);
      assertThat(seen.timestamp() > 0).isEqualTo(can(Capability.TIMESTAMPS));
      checksums.add(seen.crc32c());
    }
    assertThat(checksums).hasSameSizeAs(records);
  }

  @Test
  void looksAtHugeRecordsBesideTinyOnes() throws IOException {
    String topic = newTopicName();
    tools().createTopic(topic, 4);
    Map<PartitionId, Long> offsets = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      PartitionId partition = new PartitionId(topic, i);
      tools()
          .send(
              partition,
              TestRecord.of(null, "tiny"),
              new TestRecord(null, new byte[i * 1_000_000]),
              TestRecord.of(null, "tiny"));
      offsets.put(partition, 1L);
    }
    cluster()
        .look(offsets, LARGE_FETCHES)
        .forEach((partition, look) -> assertThat(look).isEqualTo(read(partition, 1)));
  }

  @Test
  void saysWhyARecordCannotBeSeen() throws IOException {
    String topic = newTopicName();
    tools().createTopic(topic, 2, 1, Map.of("segment.bytes", "1000"));
    PartitionId shortened = new PartitionId(topic, 0);
    PartitionId whole = new PartitionId(topic, 1);
    sendOneByOne(shortened, numbered(0, 50, 100));
    tools().send(whole, TestRecord.of("key", "value"));
    tools().removeBefore(shortened, 25);

    Map<PartitionId, RecordLook> looks =
        cluster().look(Map.of(shortened, 2L, whole, 0L), LARGE_FETCHES);
    assertThat(looks.get(shortened)).isEqualTo(RecordLook.REMOVED);
    assertThat(looks.get(whole)).isEqualTo(read(whole, 0));
  }

  private RecordLook look(PartitionId partition, long offset) throws IOException {
    return cluster().look(Map.of(partition, offset), LARGE_FETCHES).get(partition);
  }

  /** What a look must show: the record as a reader of its range sees it. */
  private RecordLook read(PartitionId partition, long offset) {
    try (RangeReader reader =
        cluster().read(new OffsetRange(partition, offset, offset + 1), LARGE_FETCHES)) {
      KafkaRecord record = new KafkaRecord();
      assertThat(reader.next().next(record)).isTrue();
      return RecordLook.at(RecordFingerprint.of(record));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void keepsTimestampsAndWhoGaveThem() throws IOException {
    if (!can(Capability.TIMESTAMPS)) {
      PartitionId partition = newPartition();
      tools().send(partition, TestRecord.of("key", "value"));
      assertThat(seen(new OffsetRange(partition, 0, 1), KafkaClusterContract::timestamp))
          .containsExactly("-1 NONE");
      return;
    }
    for (Codec codec : tools().codecs()) {
      // Retention shall not take them for old.
      PartitionId partition = newPartition(Map.of("retention.ms", "-1"));
      tools()
          .send(
              partition,
              codec,
              List.of(
                  TestRecord.of("a", "1").at(1_700_000_000_123L),
                  TestRecord.of("b", "2").at(0),
                  TestRecord.of("c", "3").at(1_600_000_000_000L)));
      assertThat(seen(new OffsetRange(partition, 0, 3), KafkaClusterContract::timestamp))
          .as("%s", codec)
          .containsExactly(
              "1700000000123 CREATE_TIME", "0 CREATE_TIME", "1600000000000 CREATE_TIME");
      assertThat(cluster().offsetsAt(Set.of(partition), Instant.ofEpochMilli(1_600_000_000_001L)))
          .as("%s", codec)
          .containsOnly(Map.entry(partition, 0L));
    }
  }

  @Test
  void readsWhatTheBrokerStamped() throws IOException {
    if (!can(Capability.STAMPING)) {
      assertIsNotToBeSeen(Capability.STAMPING);
      return;
    }
    PartitionId partition = newPartition(Map.of("message.timestamp.type", "LogAppendTime"));
    tools().send(partition, TestRecord.of("key", "value").at(1));
    assertThat(seen(new OffsetRange(partition, 0, 1), KafkaClusterContract::timestamp))
        .singleElement()
        .satisfies(stamp -> assertThat(stamp).endsWith(" LOG_APPEND_TIME").doesNotStartWith("1 "));
  }

  @Test
  void readsOldMessageFormats() throws IOException {
    if (!can(Capability.OLD_MESSAGE_FORMAT)) {
      assertIsNotToBeSeen(Capability.OLD_MESSAGE_FORMAT);
      return;
    }
    for (Codec codec : EnumSet.complementOf(EnumSet.of(Codec.ZSTD))) {
      PartitionId old = newPartition(Map.of("message.format.version", "0.9.0"));
      List<TestRecord> records = numbered(0, 30, 100);
      tools().send(old, codec, records);
      assertThat(read(new OffsetRange(old, 7, 24), LARGE_FETCHES))
          .as("%s", codec)
          .isEqualTo(expected(records, 7, 24));
      assertThat(seen(new OffsetRange(old, 7, 8), KafkaClusterContract::timestamp))
          .as("%s", codec)
          .containsExactly("-1 NONE");
      assertThat(cluster().offsetsAt(Set.of(old), Instant.now())).containsOnly(Map.entry(old, 0L));
      PartitionId middle = newPartition(Map.of("message.format.version", "0.10.2"));
      tools().send(middle, codec, records);
      assertThat(read(new OffsetRange(middle, 7, 24), LARGE_FETCHES))
          .as("%s", codec)
          .isEqualTo(expected(records, 7, 24));
    }
  }

  @Test
  void keepsHeaders() throws IOException {
    PartitionId partition = newPartition();
    if (!can(Capability.HEADERS)) {
      tools().send(partition, TestRecord.of("key", "value"));
      assertThat(seen(new OffsetRange(partition, 0, 1), KafkaClusterContract::headers))
          .containsExactly("");
      return;
    }
    tools()
        .send(
            partition,
            TestRecord.of("key", "value")
                .with(
                    new TestHeader("trace", new byte[] {0x17}),
                    new TestHeader("empty", new byte[0]),
                    new TestHeader("trace", null)),
            TestRecord.of("key", "none"));
    assertThat(seen(new OffsetRange(partition, 0, 2), KafkaClusterContract::headers))
        .containsExactly("trace=[23],empty=[],trace=null", "");
  }

  @Test
  void seesCommittedRecordsOnly() throws IOException {
    if (!can(Capability.TRANSACTIONS)) {
      assertThat(cluster().isolation()).isEqualTo(Isolation.READ_UNCOMMITTED);
      return;
    }
    assertThat(cluster().isolation()).isEqualTo(Isolation.READ_COMMITTED);
    PartitionId partition = newPartition();
    List<TestRecord> records = numbered(0, 13, 10);
    tools().beginTransaction(partition, records.subList(0, 2)).commit(); // 0 1, marker 2
    tools().beginTransaction(partition, records.subList(3, 6)).abort(); // 3 4 5, marker 6
    tools().send(partition, Codec.NONE, records.subList(7, 9));
    tools().beginTransaction(partition, records.subList(9, 12)).abort(); // 9 10 11, marker 12
    OffsetRange all = new OffsetRange(partition, 0, 13);
    assertThat(described(partition).readable()).isEqualTo(all);
    assertThat(offsets(all)).containsExactly(0L, 1L, 7L, 8L);
    // Ranges that begin and end among what is hidden.
    assertThat(offsets(new OffsetRange(partition, 2, 7))).isEmpty();
    assertThat(offsets(new OffsetRange(partition, 4, 8))).containsExactly(7L);
    assertThat(offsets(new OffsetRange(partition, 12, 13))).isEmpty();
    assertThat(offsets(new OffsetRange(partition, 1, 3))).containsExactly(1L);
    assertThat(look(partition, 8)).isEqualTo(read(partition, 8));
    assertThat(look(partition, 2)).as("a marker").isEqualTo(RecordLook.GONE);
    assertThat(look(partition, 4)).as("aborted").isEqualTo(RecordLook.GONE);
    assertThat(look(partition, 12)).as("the last marker").isEqualTo(RecordLook.GONE);
  }

  @Test
  void endsBeforeWhatIsNotDecided() throws IOException {
    if (!can(Capability.TRANSACTIONS)) {
      assertThat(cluster().isolation()).isEqualTo(Isolation.READ_UNCOMMITTED);
      return;
    }
    PartitionId partition = newPartition();
    List<TestRecord> records = numbered(0, 7, 10);
    tools().send(partition, Codec.NONE, records.subList(0, 2));
    OpenTransaction open = tools().beginTransaction(partition, records.subList(2, 4));
    tools().send(partition, Codec.NONE, records.subList(4, 5));
    OffsetRange stable = new OffsetRange(partition, 0, 2);
    PartitionSnapshot undecided = described(partition);
    assertThat(undecided.readable()).isEqualTo(stable);
    assertThat(undecided.highWatermark()).isEqualTo(5);
    assertThat(undecided.undecided()).isEqualTo(3);
    assertThat(cluster().offsetsAt(Set.of(partition), Instant.now().plusSeconds(3600)))
        .containsEntry(partition, 2L);
    assertThat(offsets(stable)).containsExactly(0L, 1L);
    open.commit(); // marker 5
    OffsetRange all = new OffsetRange(partition, 0, 6);
    awaitAvailable(all);
    assertThat(described(partition).undecided()).isZero();
    assertThat(offsets(all)).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(offsets(new OffsetRange(partition, 5, 6))).isEmpty();
  }

  /** The marker may be in the log before its offset is below the last stable one. */
  private void awaitAvailable(OffsetRange range) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(described(range.partition()).readable()).isEqualTo(range));
  }

  @Test
  void saysExactlyWhichRecordsWereDeleted() throws IOException {
    PartitionId partition = newPartition();
    List<TestRecord> records = numbered(0, 20, 10);
    tools().send(partition, Codec.NONE, records);
    if (!can(Capability.DELETE_RECORDS)) {
      assertThatThrownBy(() -> tools().deleteRecords(partition, 7))
          .isInstanceOf(UnsupportedOperationException.class);
      return;
    }
    tools().deleteRecords(partition, 7);
    assertThat(described(partition).readable()).isEqualTo(new OffsetRange(partition, 7, 20));
    assertThat(removed(new OffsetRange(partition, 3, 20)))
        .isEqualTo(new OffsetRange(partition, 3, 7));
    assertThat(read(new OffsetRange(partition, 7, 20), LARGE_FETCHES))
        .isEqualTo(expected(records, 7, 20));
    tools().deleteRecords(partition, 20);
    assertThat(described(partition).readable()).isEqualTo(new OffsetRange(partition, 20, 20));
    assertThat(removed(new OffsetRange(partition, 7, 20)))
        .isEqualTo(new OffsetRange(partition, 7, 20));
  }

  @Test
  void findsPartitionsThatWereAdded() throws IOException {
    PartitionId first = newPartition();
    TopicFilter filter = TopicFilter.of(first.topic());
    assertThat(cluster().describe(filter).partitions()).containsOnlyKeys(first);
    tools().addPartitions(first.topic(), 3);
    PartitionId second = new PartitionId(first.topic(), 1);
    PartitionId third = new PartitionId(first.topic(), 2);
    assertThat(cluster().describe(filter).partitions()).containsOnlyKeys(first, second, third);
    tools().send(third, TestRecord.of("key", "value"));
    assertThat(cluster().describe(filter).readable())
        .containsOnly(
            Map.entry(first, new OffsetRange(first, 0, 0)),
            Map.entry(second, new OffsetRange(second, 0, 0)),
            Map.entry(third, new OffsetRange(third, 0, 1)));
    assertThat(offsets(new OffsetRange(third, 0, 1))).containsExactly(0L);
  }

  @Test
  void tellsClustersAndTopicsApart() throws IOException {
    if (can(Capability.CLUSTER_ID)) {
      assertThat(cluster().clusterId()).get().asString().isNotBlank();
    } else {
      assertThat(cluster().clusterId()).isEmpty();
    }
    String topic = newPartition().topic();
    String unknown = newTopicName();
    Map<String, String> before = cluster().describe(TopicFilter.of(topic, unknown)).topicIds();
    if (!can(Capability.TOPIC_IDS)) {
      assertThat(before).isEmpty();
      return;
    }
    assertThat(before).containsOnlyKeys(topic);
    assertThat(cluster().describe(TopicFilter.of(topic)).topicIds()).isEqualTo(before);
    tools().deleteTopic(topic);
    assertThat(cluster().describe(TopicFilter.of(topic)).topicIds()).isEmpty();
    tools().createTopic(topic, 1);
    assertThat(cluster().describe(TopicFilter.of(topic)).topicIds())
        .containsOnlyKeys(topic)
        .isNotEqualTo(before);
  }

  @Test
  void publishesOffsetsOrRefuses() throws IOException {
    String topic = newTopicName();
    tools().createTopic(topic, 2);
    PartitionId one = new PartitionId(topic, 0);
    PartitionId other = new PartitionId(topic, 1);
    String group = "group." + topic;
    assertThat(cluster().publishesOffsets()).isEqualTo(can(Capability.PUBLISHED_OFFSETS));
    if (!cluster().publishesOffsets()) {
      assertThatThrownBy(() -> cluster().publishOffsets(group, Map.of(one, 5L)))
          .isInstanceOf(LoaderException.class)
          .hasMessageContaining(group);
      assertThatThrownBy(() -> cluster().publishedOffsets(group))
          .isInstanceOf(LoaderException.class)
          .hasMessageContaining(group);
      return;
    }
    assertThat(cluster().publishedOffsets(group)).isEmpty();
    cluster().publishOffsets(group, Map.of(one, 5L, other, 0L));
    cluster().publishOffsets(group, Map.of(one, 7L));
    assertThat(cluster().publishedOffsets(group))
        .containsOnly(Map.entry(one, 7L), Map.entry(other, 0L));
    assertThat(tools().groupOffsets(group)).containsOnly(Map.entry(one, 7L), Map.entry(other, 0L));
  }

  /** The old client sees less than newer brokers can do; all else must be told by the tools. */
  private void assertIsNotToBeSeen(Capability capability) {
    if (cluster().generation() == Generation.MODERN) {
      assertThat(tools().capabilities()).doesNotContain(capability);
    }
  }

  private PartitionSnapshot described(PartitionId partition) throws IOException {
    return cluster().describe(TopicFilter.of(partition.topic())).partitions().get(partition);
  }

  private <T> List<T> seen(OffsetRange range, Function<KafkaRecord, T> view) throws IOException {
    List<T> seen = new ArrayList<>();
    KafkaRecord record = new KafkaRecord();
    try (RangeReader reader = cluster().read(range, LARGE_FETCHES)) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        while (batch.next(record)) {
          seen.add(view.apply(record));
        }
      }
    }
    return seen;
  }

  private static String timestamp(KafkaRecord record) {
    return record.timestamp() + " " + record.timestampType();
  }

  private static String headers(KafkaRecord record) {
    return record.headers().stream()
        .map(header -> header.key() + "=" + Arrays.toString(header.value()))
        .collect(Collectors.joining(","));
  }

  private OffsetRange removed(OffsetRange range) {
    OffsetsRemovedException exception =
        catchThrowableOfType(OffsetsRemovedException.class, () -> read(range, SMALL_FETCHES));
    assertThat(exception).isNotNull();
    return exception.removed();
  }

  private List<Long> offsets(OffsetRange range) throws IOException {
    return read(range, SMALL_FETCHES).stream().map(ReadRecord::offset).toList();
  }
}
