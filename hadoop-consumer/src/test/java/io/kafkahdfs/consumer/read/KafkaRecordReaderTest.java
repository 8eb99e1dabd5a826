package io.kafkahdfs.consumer.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.OffsetsRemovedException;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.run.RateLimit;
import io.kafkahdfs.testkit.kafka.ForwardingCluster;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaRecordReaderTest {
  private static final PartitionId PARTITION = new PartitionId("events", 0);
  private static final OffsetRange ALL = new OffsetRange(PARTITION, 0, 10);

  private final InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);

  /** How far the cluster says that retention came, each time that a reader is opened. */
  private final Queue<Long> wrongAnswers = new ArrayDeque<>();

  /** What each reader that was opened was to read. */
  private final List<List<OffsetRange>> opened = new ArrayList<>();

  private final Counters counters = new Counters();

  private final TaskAttemptContext context =
      new TaskAttemptContextImpl(new Configuration(false), new TaskAttemptID()) {
        @Override
        public Counter getCounter(Enum<?> name) {
          return counters.findCounter(name);
        }
      };

  private List<OffsetRange> ranges = List.of(ALL);

  @BeforeEach
  void fill() {
    cluster.createTopic("events", 1);
    for (int i = 0; i < 10; i++) {
      cluster.append(PARTITION, TestRecord.of("k", "v"));
    }
  }

  private KafkaRecordReader open(Tolerance onMissing, BooleanSupplier timeIsUp) throws IOException {
    return KafkaRecordReader.open(
        () ->
            new ForwardingCluster(cluster) {
              @Override
              public RangeReader read(List<OffsetRange> ranges, ReadSettings settings)
                  throws IOException {
                opened.add(ranges);
                Long removed = wrongAnswers.poll();
                return removed == null
                    ? super.read(ranges, settings)
                    : refusing(ranges.get(0), removed);
              }
            },
        ranges,
        new SplitPlace(0, false),
        new ReadPolicy(onMissing, OnBad.FAIL, new ReadSettings(1000, 10_000, 1)),
        RateLimit.none(),
        timeIsUp,
        context);
  }

  private static RangeReader refusing(OffsetRange range, long first) {
    return new RangeReader() {
      @Override
      public io.kafkahdfs.client.RecordBatch next() throws IOException {
        throw new OffsetsRemovedException(range.endingAt(first));
      }

      @Override
      public boolean nextRange() {
        throw new IllegalStateException("Nothing was read");
      }

      @Override
      public void close() {
        // It holds nothing.
      }
    };
  }

  private RangeAccount read(Tolerance onMissing) throws IOException {
    try (KafkaRecordReader reader = open(onMissing, () -> false)) {
      while (reader.nextKeyValue()) {
        // On to the end.
      }
    }
    return TaskReads.of(new TaskAttemptID()).get(0);
  }

  @Test
  void oneWrongAnswerThatOffsetsAreGoneIsNoLoss() throws IOException {
    for (Tolerance onMissing : Tolerance.values()) {
      wrongAnswers.add(7L);
      RangeAccount account = read(onMissing);
      assertThat(account.tally(account.read(), 0).lost()).isZero();
      assertThat(account.read()).isEqualTo(10);
    }
  }

  @Test
  void ofTwoAnswersTheSmallerLossCounts() throws IOException {
    wrongAnswers.addAll(List.of(7L, 4L));
    RangeAccount account = read(Tolerance.SKIP);
    assertThat(account.tally(account.read(), 0).lost()).isEqualTo(4);
    assertThat(account.read()).isEqualTo(6);
  }

  @Test
  void whatIsGoneIsLostOrStopsTheTask() throws IOException {
    cluster.removeBefore(PARTITION, 6);
    RangeAccount account = read(Tolerance.SKIP);
    assertThat(account.tally(account.read(), 0).lost()).isEqualTo(6);
    assertThat(account.read()).isEqualTo(4);
    assertThatThrownBy(() -> read(Tolerance.FAIL))
        .isInstanceOf(OffsetsRemovedException.class)
        .hasMessageContaining("events-0 [0, 6)");
  }

  private PartitionId another(int records) {
    PartitionId partition = new PartitionId("other" + records, 0);
    cluster.createTopic(partition.topic(), 1);
    for (int i = 0; i < records; i++) {
      cluster.append(partition, TestRecord.of("key", "value"));
    }
    return partition;
  }

  @Test
  void allRangesOfASplitAreReadWithOneReader() throws IOException {
    ranges =
        List.of(ALL, new OffsetRange(another(3), 3, 3), new OffsetRange(another(7), 2, 7), ALL);
    read(Tolerance.FAIL);
    assertThat(opened).containsExactly(ranges);
    assertThat(TaskReads.of(new TaskAttemptID()))
        .extracting(RangeAccount::read)
        .containsExactly(10L, 0L, 5L, 10L);
    assertThat(counters.findCounter(LoadCounter.RECORDS_READ).getValue()).isEqualTo(25);
    assertThat(counters.findCounter(LoadCounter.BYTES_READ).getValue()).isEqualTo(20 * 2 + 5 * 8);
  }

  @Test
  void behindALossTheRestIsReadWithAnotherReader() throws IOException {
    OffsetRange lossy = new OffsetRange(another(7), 1, 7);
    cluster.removeBefore(lossy.partition(), 4);
    OffsetRange last = new OffsetRange(another(3), 0, 3);
    ranges = List.of(ALL, lossy, last);
    read(Tolerance.SKIP);
    assertThat(opened)
        .containsExactly(ranges, List.of(lossy, last), List.of(lossy.startingAt(4), last));
    assertThat(TaskReads.of(new TaskAttemptID()))
        .extracting(RangeAccount::read)
        .containsExactly(10L, 3L, 3L);
    assertThat(TaskReads.of(new TaskAttemptID()).get(1).tally(3, 0).lost()).isEqualTo(3);
    assertThat(counters.findCounter(LoadCounter.RECORDS_READ).getValue()).isEqualTo(16);
  }

  @Test
  void whatWasOnceSaidOfOnePartitionConfirmsNothingOfAnother() throws IOException {
    OffsetRange lossy = new OffsetRange(another(7), 0, 7);
    cluster.removeBefore(lossy.partition(), 4);
    ranges = List.of(ALL, lossy);
    wrongAnswers.add(7L);
    read(Tolerance.SKIP);
    assertThat(opened)
        .as("the loss was asked for twice")
        .containsExactly(ranges, ranges, List.of(lossy), List.of(lossy.startingAt(4)));
    assertThat(TaskReads.of(new TaskAttemptID()).get(0).read()).isEqualTo(10);
    assertThat(TaskReads.of(new TaskAttemptID()).get(1).tally(3, 0).lost()).isEqualTo(4);
  }

  @Test
  void theEndIsReachedOnce() throws IOException {
    ranges = List.of(ALL, new OffsetRange(another(3), 0, 3));
    try (KafkaRecordReader reader = open(Tolerance.FAIL, () -> false)) {
      for (int i = 0; i < 13; i++) {
        assertThat(reader.getProgress()).isLessThan(1);
        assertThat(reader.nextKeyValue()).isTrue();
      }
      assertThat(reader.nextKeyValue()).isFalse();
      assertThat(reader.nextKeyValue()).isFalse();
      assertThat(reader.getProgress()).isEqualTo(1);
    }
  }

  @Test
  void aTaskWhoseTimeIsUpBeforeItsFirstRangeSaysWhereItEnds() throws IOException {
    try (KafkaRecordReader reader = open(Tolerance.FAIL, () -> true)) {
      assertThat(reader.nextKeyValue()).isFalse();
      assertThat(reader.toString()).isEqualTo("offset 0 of events-0 [0, 10)");
    }
  }
}
