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
import io.kafkahdfs.testkit.kafka.ForwardingCluster;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
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
              public RangeReader read(OffsetRange range, ReadSettings settings) throws IOException {
                Long removed = wrongAnswers.poll();
                return removed == null ? super.read(range, settings) : refusing(range, removed);
              }
            },
        List.of(ALL),
        false,
        new KafkaRecordReader.ReadPolicy(
            onMissing, Tolerance.FAIL, new ReadSettings(1000, 10_000, 1)),
        timeIsUp,
        new TaskAttemptContextImpl(new Configuration(false), new TaskAttemptID()));
  }

  private static RangeReader refusing(OffsetRange range, long first) {
    return new RangeReader() {
      @Override
      public io.kafkahdfs.client.RecordBatch next() throws IOException {
        throw new OffsetsRemovedException(range.endingAt(first));
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
      assertThat(account.tally(account.read()).lost()).isZero();
      assertThat(account.read()).isEqualTo(10);
    }
  }

  @Test
  void ofTwoAnswersTheSmallerLossCounts() throws IOException {
    wrongAnswers.addAll(List.of(7L, 4L));
    RangeAccount account = read(Tolerance.SKIP);
    assertThat(account.tally(account.read()).lost()).isEqualTo(4);
    assertThat(account.read()).isEqualTo(6);
  }

  @Test
  void whatIsGoneIsLostOrStopsTheTask() throws IOException {
    cluster.removeBefore(PARTITION, 6);
    RangeAccount account = read(Tolerance.SKIP);
    assertThat(account.tally(account.read()).lost()).isEqualTo(6);
    assertThat(account.read()).isEqualTo(4);
    assertThatThrownBy(() -> read(Tolerance.FAIL))
        .isInstanceOf(OffsetsRemovedException.class)
        .hasMessageContaining("events-0 [0, 6)");
  }

  @Test
  void aTaskWhoseTimeIsUpBeforeItsFirstRangeSaysWhereItEnds() throws IOException {
    try (KafkaRecordReader reader = open(Tolerance.FAIL, () -> true)) {
      assertThat(reader.nextKeyValue()).isFalse();
      assertThat(reader.toString()).isEqualTo("offset 0 of events-0 [0, 10)");
    }
  }
}
