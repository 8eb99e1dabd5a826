package io.kafkahdfs.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.OffsetsRemovedException;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a reader of several ranges must do; a part of {@link KafkaClusterContract}. */
abstract class RangesContract extends ClusterFixture {
  /** Of several ranges something is fetched before their turn, and of none all. */
  private static final ReadSettings FAR_AHEAD = new ReadSettings(4096, 1 << 20, 4);

  /** Partitions of a new topic, each with the same records. */
  private List<PartitionId> partitions(int count, List<TestRecord> records) throws IOException {
    String topic = newTopicName();
    tools().createTopic(topic, count);
    List<PartitionId> partitions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      partitions.add(new PartitionId(topic, i));
      tools().send(partitions.get(i), Codec.NONE, records);
    }
    return partitions;
  }

  private void assertReads(
      List<OffsetRange> ranges, List<TestRecord> records, ReadSettings settings)
      throws IOException {
    try (RangeReader reader = cluster().read(ranges, settings)) {
      for (int i = 0; i < ranges.size(); i++) {
        OffsetRange range = ranges.get(i);
        assertThat(i == 0 || reader.nextRange()).isTrue();
        assertThat(readToEnd(reader, range))
            .as("%s of %s", range, ranges)
            .isEqualTo(expected(records, range.from(), range.until()));
      }
      assertThat(reader.nextRange()).isFalse();
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void readsRangesOfSeveralTopicsInTheirOrder() throws IOException {
    List<TestRecord> records = numbered(0, 200, 100);
    List<PartitionId> one = partitions(4, records);
    List<PartitionId> other = partitions(2, records);
    List<OffsetRange> ranges =
        List.of(
            new OffsetRange(other.get(1), 3, 3),
            new OffsetRange(one.get(1), 5, 50),
            new OffsetRange(other.get(0), 0, 0),
            new OffsetRange(one.get(0), 0, 200),
            new OffsetRange(one.get(2), 10, 10),
            new OffsetRange(other.get(1), 7, 8),
            new OffsetRange(one.get(3), 199, 200),
            new OffsetRange(other.get(0), 100, 200),
            new OffsetRange(one.get(3), 0, 0));
    assertReads(ranges, records, SMALL_FETCHES);
    assertReads(ranges, records, LARGE_FETCHES);
    assertReads(ranges, records, FAR_AHEAD);
  }

  @Test
  void readsSeveralRangesOfOnePartition() throws IOException {
    List<TestRecord> records = numbered(0, 200, 100);
    List<PartitionId> both = partitions(2, records);
    List<OffsetRange> ranges =
        List.of(
            new OffsetRange(both.get(0), 0, 20),
            new OffsetRange(both.get(0), 20, 30),
            new OffsetRange(both.get(1), 60, 70),
            new OffsetRange(both.get(0), 150, 200),
            new OffsetRange(both.get(1), 0, 60),
            new OffsetRange(both.get(0), 0, 20));
    assertReads(ranges, records, SMALL_FETCHES);
    assertReads(ranges, records, FAR_AHEAD);
  }

  @Test
  void readsOnlyEmptyRanges() throws IOException {
    List<PartitionId> both = partitions(2, numbered(0, 5, 10));
    assertReads(
        List.of(new OffsetRange(both.get(0), 0, 0), new OffsetRange(both.get(1), 5, 5)),
        List.of(),
        LARGE_FETCHES);
  }

  @Test
  void readsRangesThatTakeManyFetchesEach() throws IOException {
    List<TestRecord> records = numbered(0, 300, 1000);
    List<OffsetRange> ranges =
        partitions(6, records).stream()
            .map(partition -> new OffsetRange(partition, 0, 300))
            .toList();
    assertReads(ranges, records, FAR_AHEAD);
  }

  @Test
  void readsRangesThatEndAmongWhatIsHidden() throws IOException {
    List<TestRecord> records = numbered(0, 5, 10);
    List<PartitionId> all = partitions(3, records.subList(0, 2));
    if (!capabilities().contains(Capability.TRANSACTIONS)) {
      assertThat(cluster().isolation()).isEqualTo(Isolation.READ_UNCOMMITTED);
      return;
    }
    for (PartitionId partition : all) {
      tools().beginTransaction(partition, records.subList(2, 4)).abort(); // 2 3, marker 4
    }
    try (RangeReader reader =
        cluster()
            .read(
                List.of(
                    new OffsetRange(all.get(0), 0, 5),
                    new OffsetRange(all.get(1), 2, 4),
                    new OffsetRange(all.get(2), 1, 3)),
                FAR_AHEAD)) {
      assertThat(readToEnd(reader, new OffsetRange(all.get(0), 0, 5)))
          .isEqualTo(expected(records, 0, 2));
      assertThat(reader.nextRange()).isTrue();
      assertThat(readToEnd(reader, new OffsetRange(all.get(1), 2, 4))).isEmpty();
      assertThat(reader.nextRange()).isTrue();
      assertThat(readToEnd(reader, new OffsetRange(all.get(2), 1, 3)))
          .isEqualTo(expected(records, 1, 2));
      assertThat(reader.nextRange()).isFalse();
    }
  }

  @Test
  void saysWhatRetentionRemovedWhenItsRangeIsRead() throws IOException {
    List<TestRecord> records = numbered(0, 50, 100);
    List<OffsetRange> ranges = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ranges.add(new OffsetRange(newPartition(Map.of("segment.bytes", "1000")), 3, 50));
      sendOneByOne(ranges.get(i).partition(), records);
    }
    PartitionId shortened = ranges.get(1).partition();
    long first = tools().removeBefore(shortened, 25);
    assertThat(first).isGreaterThan(3);
    try (RangeReader reader = cluster().read(ranges, FAR_AHEAD)) {
      assertThat(readToEnd(reader, ranges.get(0))).isEqualTo(expected(records, 3, 50));
      assertThat(reader.nextRange()).isTrue();
      OffsetsRemovedException removed =
          catchThrowableOfType(OffsetsRemovedException.class, reader::next);
      assertThat(removed).isNotNull();
      assertThat(removed.removed()).isEqualTo(new OffsetRange(shortened, 3, first));
    }
    assertReads(List.of(ranges.get(1).startingAt(first), ranges.get(2)), records, FAR_AHEAD);
  }

  @Test
  void refusesOffsetsThatAPartitionNeverHadWhenItsRangeIsRead() throws IOException {
    List<TestRecord> records = numbered(0, 50, 100);
    List<PartitionId> all = partitions(3, records);
    OffsetRange right = new OffsetRange(all.get(0), 0, 50);
    assertFailsInTheSecond(
        List.of(right, new OffsetRange(all.get(1), 100, 110), new OffsetRange(all.get(2), 0, 50)),
        expected(records, 0, 50),
        FAR_AHEAD,
        "100");
  }

  @Test
  void refusesARecordBeyondTheLimitWhenItsRangeIsRead() throws IOException {
    List<TestRecord> records = numbered(0, 2, 100);
    List<PartitionId> all = partitions(3, records);
    tools().send(all.get(1), new TestRecord(null, new byte[50_000]));
    assertFailsInTheSecond(
        List.of(
            new OffsetRange(all.get(0), 0, 2),
            new OffsetRange(all.get(1), 2, 3),
            new OffsetRange(all.get(2), 0, 2)),
        expected(records, 0, 2),
        new ReadSettings(1024, 32_768, 4),
        "load.max.fetch.bytes");
  }

  private void assertFailsInTheSecond(
      List<OffsetRange> ranges, List<ReadRecord> ofTheFirst, ReadSettings settings, String what)
      throws IOException {
    try (RangeReader reader = cluster().read(ranges, settings)) {
      assertThat(readToEnd(reader, ranges.get(0))).isEqualTo(ofTheFirst);
      assertThat(reader.nextRange()).isTrue();
      assertThatThrownBy(reader::next)
          .isInstanceOf(LoaderException.class)
          .isNotInstanceOf(OffsetsRemovedException.class)
          .hasMessageContaining(ranges.get(1).partition().toString())
          .hasMessageContaining(what);
    }
  }

  @Test
  void doesNotLeaveARangeBeforeItsEnd() throws IOException {
    List<TestRecord> records = numbered(0, 100, 1000);
    List<PartitionId> both = partitions(2, records.subList(0, 50));
    tools().send(both.get(0), Codec.NONE, records.subList(50, 100));
    try (RangeReader reader =
        cluster()
            .read(
                List.of(new OffsetRange(both.get(0), 0, 100), new OffsetRange(both.get(1), 0, 50)),
                SMALL_FETCHES)) {
      assertThatThrownBy(reader::nextRange)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(both.get(0).toString());
      assertThat(reader.next().nextOffset()).isLessThan(100);
      assertThatThrownBy(reader::nextRange).isInstanceOf(IllegalStateException.class);
    }
  }
}
