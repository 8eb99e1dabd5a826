package io.kafkahdfs.consumer.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.consumer.read.KafkaRecordReader;
import io.kafkahdfs.consumer.read.LoadCounter;
import io.kafkahdfs.consumer.read.OnBad;
import io.kafkahdfs.consumer.read.ReadPolicy;
import io.kafkahdfs.consumer.read.SplitPlace;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.run.RateLimit;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.kafka.TestRecord;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
          StagedFiles.oneByOne(new InMemoryFileStore(), new Path("/staging"), new Configuration()),
          "run-00003",
          new PathLayout(FilePer.PARTITION),
          EncodeSettings.of(FileFormat.TEXT),
          new LaneWriter.Limits(1 << 20, 1, 1000));

  private final FileStore store = new InMemoryFileStore();
  private final RunFolder run = new RunFolder(new StateFolder(new Path("/out")), "run");
  private LoaderRecordWriter writer;

  private final InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);
  private KafkaRecordReader reader;

  /** Reads records 0 to 9 of both partitions, as far as a test wants. */
  @BeforeEach
  void read() throws IOException {
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
            new ReadPolicy(Tolerance.FAIL, OnBad.FAIL, new ReadSettings(1000, 10_000, 1)),
            RateLimit.none(),
            () -> false,
            context);
    write(OnBad.FAIL);
  }

  private void write(OnBad onBad) {
    BadRecords bad =
        new BadRecords(
            onBad,
            new Run(run, Optional.empty(), Instant.EPOCH, Optional.empty(), 7),
            StagedFiles.oneByOne(
                store, run.attempt(context.getTaskAttemptID()), new Configuration()),
            1 << 20,
            new QuarantineLayout());
    writer = new LoaderRecordWriter(store, run, files, bad, context);
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
      writer.write(new LongWritable(offset), record(partition, offset, "v"));
    }
  }

  private void writeBad(PartitionId partition, long... offsets) throws IOException {
    for (long offset : offsets) {
      writer.write(new LongWritable(offset), record(partition, offset, "a\nb"));
    }
  }

  private TaskManifest manifest() throws IOException {
    readAll();
    writer.close(context);
    return Json.readSealed(
        store, run.draftManifest(context.getTaskAttemptID()), TaskManifest.class, "-");
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

  @Test
  void aRecordThatTheFormatCannotHoldFailsTheTask() throws IOException {
    readTo(FIRST);
    write(FIRST, 4);

    assertThatThrownBy(() -> writeBad(FIRST, 5))
        .isInstanceOf(LoaderException.class)
        .hasMessageContainingAll("events-3@5", "line feed", "--newlines", "--on-bad quarantine");

    // A mapper may catch what its write throws and go on.
    assertThatIllegalStateException().isThrownBy(() -> write(FIRST, 6));
    assertThatIllegalStateException().isThrownBy(files::finish);
  }

  @Test
  void badRecordsAreLeftOutAndCounted() throws IOException {
    write(OnBad.SKIP);
    readTo(FIRST);
    write(FIRST, 4);
    writeBad(FIRST, 5, 6);

    TaskManifest manifest = manifest();

    assertThat(manifest.outcomes().get(0).tally()).isEqualTo(new OffsetTally(1, 7, 2, 0, 0));
    assertThat(manifest.outcomes().get(0).quarantined()).isZero();
    assertThat(manifest.files()).extracting(WrittenFile::holdsBad).containsExactly(false);
    assertThat(manifest.firstBad())
        .extracting(BadRecord::toString)
        .containsExactly(
            "events-3@5 has a line feed at byte 1 of its value, so it would be more than one line of"
                + " text",
            "events-3@6 has a line feed at byte 1 of its value, so it would be more than one line of"
                + " text");
  }

  @Test
  void badRecordsAreQuarantinedApart() throws IOException {
    write(OnBad.QUARANTINE);
    readTo(FIRST);
    writeBad(FIRST, 3);
    write(FIRST, 4);
    readTo(SECOND);
    writeBad(SECOND, 2, 9);

    TaskManifest manifest = manifest();

    assertThat(manifest.outcomes())
        .extracting(RangeOutcome::tally)
        .containsExactly(new OffsetTally(1, 8, 1, 0, 0), new OffsetTally(0, 6, 2, 0, 0));
    assertThat(manifest.outcomes()).extracting(RangeOutcome::quarantined).containsExactly(1L, 2L);
    assertThat(manifest.files())
        .extracting(WrittenFile::target, WrittenFile::holdsBad)
        .containsExactly(
            tuple("events/events-3-%020d-%020d.txt".formatted(4, 4), false),
            tuple("_quarantine/events/events-3-%020d-%020d.avro".formatted(3, 3), true),
            tuple("_quarantine/events/events-5-%020d-%020d.avro".formatted(2, 9), true));
    assertThat(manifest.files().get(2).parts()).containsExactly(new FilePart(SECOND, 2, 9, 2));
    assertThat(
            store.entry(
                new Path(
                    run.attempt(context.getTaskAttemptID()), manifest.files().get(2).staged())))
        .isPresent();
    assertThat(count(LoadCounter.RECORDS_QUARANTINED)).isEqualTo(3);
  }

  /** A mapper makes several records of one: some can be written, and others not. */
  @Test
  void anOffsetWithABadRecordIsBad() throws IOException {
    write(OnBad.QUARANTINE);
    readTo(FIRST);
    write(FIRST, 3);
    writeBad(FIRST, 3, 3);
    write(FIRST, 3);
    writeBad(FIRST, 4);
    write(FIRST, 4, 5);

    TaskManifest manifest = manifest();

    assertThat(manifest.outcomes().get(0).tally()).isEqualTo(new OffsetTally(1, 7, 2, 0, 0));
    assertThat(manifest.outcomes().get(0).records()).isEqualTo(4);
    assertThat(manifest.outcomes().get(0).quarantined()).isEqualTo(3);
  }

  /** A mapper may hold records back, and damage is told when it is read. */
  @Test
  void damageIsPutAsideBeforeWhatIsWrittenLater() throws IOException {
    cluster.damage(FIRST, 5);
    write(OnBad.QUARANTINE);
    readTo(FIRST);
    writeBad(FIRST, 3);

    TaskManifest manifest = manifest();

    assertThat(manifest.outcomes().get(0).tally()).isEqualTo(new OffsetTally(0, 8, 2, 0, 0));
    assertThat(manifest.outcomes().get(0).quarantined()).isEqualTo(2);
    assertThat(manifest.files()).hasSize(1);
    assertThat(manifest.files().get(0).target())
        .isEqualTo("_quarantine/events/events-3-%020d-%020d.avro".formatted(3, 5));
    assertThat(manifest.files().get(0).parts())
        .containsExactly(new FilePart(FIRST, 5, 5, 1), new FilePart(FIRST, 3, 3, 1));
    assertThat(manifest.firstBad().get(0)).hasToString("events-3@5 a wrong checksum");
  }

  @Test
  void damageFailsTheTaskIfItMay() throws IOException {
    cluster.damage(FIRST, 5);

    assertThatThrownBy(() -> readTo(FIRST))
        .isInstanceOf(DamagedRecordException.class)
        .hasMessageContainingAll("events-3 [5, 6)", "--on-bad quarantine");
  }

  @Test
  void whatAMapperRejectsIsBad() throws IOException {
    write(OnBad.QUARANTINE);
    readTo(FIRST);
    KafkaRecordWritable record = record(FIRST, 3, "v");
    record.reject("it smells");
    writer.write(new LongWritable(3), record);
    // A rejection is of one record that is written, not of the object.
    record.setPosition(FIRST, 4);
    writer.write(new LongWritable(4), record);

    TaskManifest manifest = manifest();

    assertThat(manifest.outcomes().get(0).tally()).isEqualTo(new OffsetTally(1, 8, 1, 0, 0));
    assertThat(manifest.firstBad())
        .extracting(BadRecord::toString)
        .containsExactly("events-3@3 is rejected by the mapper: it smells");
  }

  @Test
  void aRecordThatIsRejectedMustBeWritten() throws IOException {
    write(OnBad.QUARANTINE);
    assertThat(reader.nextKeyValue()).isTrue();
    reader.getCurrentValue().reject("it smells");

    assertThatThrownBy(reader::nextKeyValue)
        .isInstanceOf(LoaderException.class)
        .hasMessageContainingAll("rejects events-3@0", "it smells", "does not write it");
  }

  private static KafkaRecordWritable record(PartitionId partition, long offset, String value) {
    KafkaRecordWritable record = new KafkaRecordWritable();
    record.setPosition(partition, offset);
    record.value().set(value.getBytes(UTF_8));
    return record;
  }
}
