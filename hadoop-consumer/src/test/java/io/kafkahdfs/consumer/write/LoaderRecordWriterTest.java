package io.kafkahdfs.consumer.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.consumer.read.KafkaRecordReader;
import io.kafkahdfs.consumer.read.LoadCounter;
import io.kafkahdfs.consumer.read.SplitPlace;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.kafka.TestRecord;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoaderRecordWriterTest {
  private static final PartitionId FIRST = new PartitionId("events", 3);
  private static final PartitionId SECOND = new PartitionId("events", 5);

  private final Counters counters = new Counters();

  private final TaskAttemptContext context =
      new TaskAttemptContextImpl(new Configuration(false), new TaskAttemptID()) {
        @Override
        public Counter getCounter(Enum<?> name) {
          return counters.findCounter(name);
        }
      };

  private final LaneWriter files =
      new LaneWriter(
          new InMemoryFileStore(),
          new Path("/staging"),
          "run-00003",
          new PathLayout(FilePer.PARTITION),
          EncodeSettings.of(FileFormat.TEXT),
          new Configuration(),
          new LaneWriter.Limits(1 << 20, 1, 1000));

  private final LoaderRecordWriter writer =
      new LoaderRecordWriter(
          new InMemoryFileStore(),
          new RunFolder(new StateFolder(new Path("/out")), "run"),
          files,
          context);

  private KafkaRecordReader reader;

  /** Reads records 0 to 9 of both partitions, as far as a test wants. */
  @BeforeEach
  void read() throws IOException {
    InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);
    cluster.createTopic("events", 6);
    for (int i = 0; i < 10; i++) {
      cluster.append(FIRST, TestRecord.of("k", "v"));
      cluster.append(SECOND, TestRecord.of("k", "v"));
    }
    reader =
        KafkaRecordReader.open(
            () -> cluster,
            List.of(new OffsetRange(FIRST, 0, 10), new OffsetRange(SECOND, 2, 10)),
            new SplitPlace(3, false),
            new KafkaRecordReader.ReadPolicy(
                Tolerance.FAIL, Tolerance.FAIL, new ReadSettings(1000, 10_000, 1)),
            () -> false,
            context);
  }

  private void readAll() throws IOException {
    while (reader.nextKeyValue()) {
      // On to the end.
    }
    reader.close();
  }

  private long count(LoadCounter counter) {
    return counters.findCounter(counter).getValue();
  }

  /** Reads the last record of a partition, and those before it. */
  private void readTo(PartitionId partition) throws IOException {
    do {
      assertThat(reader.nextKeyValue()).isTrue();
    } while (!reader.getCurrentValue().partition().equals(partition)
        || reader.getCurrentValue().offset() < 9);
  }

  private void write(PartitionId partition, long... offsets) throws IOException {
    for (long offset : offsets) {
      writer.write(new LongWritable(offset), record(partition, offset));
    }
  }

  @Test
  void countsRecordsAndTheirOffsets() throws IOException {
    readTo(FIRST);
    write(FIRST, 0, 0, 0, 5, 5, 9);
    readTo(SECOND);
    write(SECOND, 2, 2, 3);
    readAll();
    writer.close(context);

    assertThat(count(LoadCounter.RECORDS_WRITTEN)).isEqualTo(9);
    assertThat(count(LoadCounter.OFFSETS_WRITTEN)).isEqualTo(5);
    assertThat(count(LoadCounter.OFFSETS_FILTERED)).isEqualTo(13);
    assertThat(count(LoadCounter.FILES_WRITTEN)).isEqualTo(2);
  }

  @Test
  void nothingWrittenIsCountedAsNothing() throws IOException {
    readAll();
    writer.close(context);

    assertThat(count(LoadCounter.RECORDS_WRITTEN)).isZero();
    assertThat(count(LoadCounter.OFFSETS_WRITTEN)).isZero();
    assertThat(count(LoadCounter.OFFSETS_FILTERED)).isEqualTo(18);
  }

  @ParameterizedTest
  @CsvSource({"events, 5, 1", "events, 5, 10", "events, 5, 4", "events, 3, 6", "x, 5, 6"})
  void aRecordOutOfPlaceIsRefused(String topic, int partition, long offset) throws IOException {
    readTo(FIRST);
    write(FIRST, 5);
    readTo(SECOND);
    write(SECOND, 5);

    LoaderException e =
        catchThrowableOfType(
            LoaderException.class, () -> write(new PartitionId(topic, partition), offset));

    assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(e)
        .hasMessageContaining("offset " + offset + " of " + topic + "-" + partition)
        .hasMessageContaining("events-5 [2, 10)")
        .hasMessageContaining("after offset 5")
        .hasMessageContaining("A mapper must keep a record's place");
    // A mapper may catch what its write throws and go on.
    assertThatIllegalStateException().isThrownBy(() -> write(SECOND, 6));
    assertThatIllegalStateException().isThrownBy(files::finish);
  }

  private static KafkaRecordWritable record(PartitionId partition, long offset) {
    KafkaRecordWritable record = new KafkaRecordWritable();
    record.setPosition(partition, offset);
    record.value().set(new byte[] {'v'});
    return record;
  }
}
