package io.kafkahdfs.consumer.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneWriterTest {
  private static final PartitionId PARTITION = new PartitionId("events", 3);
  private static final long NEVER = Long.MAX_VALUE;

  private final Configuration configuration = new Configuration();
  private Path staging;
  private WatchedStore store;

  @BeforeEach
  void openStore(@TempDir java.nio.file.Path folder) throws IOException {
    staging = new Path(new Path(folder.toUri()), "staging/attempt");
    store = new WatchedStore(HadoopFileStore.of(staging, configuration));
  }

  @Test
  void noRecordsLeaveNothing() throws IOException {
    LaneWriter writer = writer(NEVER);

    assertThat(writer.finish()).isEmpty();
    assertThat(store.entry(staging)).isEmpty();
  }

  @Test
  void aFullFileIsFollowedByAnother() throws IOException {
    // A line has 10 bytes: the third makes a file full.
    LaneWriter writer = writer(21);
    for (long offset = 100; offset < 107; offset++) {
      writer.write(record(offset, "value %03d".formatted(offset)));
    }

    List<WrittenFile> files = writer.finish();

    assertThat(files)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("crc32c")
        .containsExactly(
            file(0, 100, 102, 3, 30), file(1, 103, 105, 3, 30), file(2, 106, 106, 1, 10));
    assertThat(content(files.get(0))).isEqualTo("value 100\nvalue 101\nvalue 102\n");
    assertThat(content(files.get(1))).isEqualTo("value 103\nvalue 104\nvalue 105\n");
    assertThat(content(files.get(2))).isEqualTo("value 106\n");
    assertThat(store.list(staging)).hasSize(3);
    assertThat(store.openStreams()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "10, 4", "11, 2", "20, 2", "21, 2", "30, 2", "31, 1", "40, 1", "41, 1"})
  void aFileIsFullAtTheGivenLengthAndNotBefore(long rollBytes, int files) throws IOException {
    LaneWriter writer = writer(rollBytes);
    for (long offset = 100; offset < 104; offset++) {
      writer.write(record(offset, "value %03d".formatted(offset)));
    }

    assertThat(writer.finish()).hasSize(files);
  }

  @Test
  void theRecordsOfOneOffsetStayTogether() throws IOException {
    LaneWriter writer = writer(1);
    for (long offset : new long[] {100, 100, 100, 150, 150, 199}) {
      writer.write(record(offset, "value %03d".formatted(offset)));
    }

    assertThat(writer.finish())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("crc32c")
        .containsExactly(
            file(0, 100, 100, 3, 30), file(1, 150, 150, 2, 20), file(2, 199, 199, 1, 10));
  }

  @Test
  void offsetZeroCounts() throws IOException {
    LaneWriter writer = writer(NEVER);
    writer.write(record(0, "value 000"));

    assertThat(writer.finish())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("crc32c")
        .containsExactly(file(0, 0, 0, 1, 10));
  }

  @Test
  void eachPartitionHasAFileOfItsOwn() throws IOException {
    LaneWriter writer = writer(NEVER);
    writer.write(record(0, 5, "value 005"));
    writer.write(record(1, 5, "value 105"));
    writer.write(record(0, 6, "value 006"));

    List<WrittenFile> files = writer.finish();

    assertThat(files).extracting(WrittenFile::target).containsExactly(path(1, 5, 5), path(0, 5, 6));
    assertThat(content(files.get(0))).isEqualTo("value 105\n");
    assertThat(content(files.get(1))).isEqualTo("value 005\nvalue 006\n");
  }

  @Test
  void partitionsOfATopicShareAFile() throws IOException {
    LaneWriter writer = writer(FilePer.TOPIC, NEVER, 1);
    writer.write(record(0, 5, "value 005"));
    writer.write(record(0, 7, "value 007"));
    writer.endPartition(new PartitionId("events", 0));
    writer.write(record(1, 5, "value 105"));

    List<WrittenFile> files = writer.finish();

    assertThat(files).hasSize(1);
    assertThat(files.get(0).target()).isEqualTo("events/events-run-00003-00000.txt");
    assertThat(files.get(0).parts())
        .containsExactly(
            new FilePart(new PartitionId("events", 0), 5, 7, 2),
            new FilePart(new PartitionId("events", 1), 5, 5, 1));
    assertThat(content(files.get(0))).isEqualTo("value 005\nvalue 007\nvalue 105\n");
  }

  @Test
  void partitionsThatMustNotShareAFileDoNot() throws IOException {
    LaneWriter writer = writer(FilePer.TOPIC, NEVER, 1);
    writer.write(record(0, 5, "value 005"));
    writer.endAll();
    writer.write(record(1, 5, "value 105"));

    assertThat(writer.finish())
        .extracting(WrittenFile::target)
        .containsExactly("events/events-run-00003-00000.txt", "events/events-run-00003-00001.txt");
  }

  @Test
  void theSameOffsetOfTwoPartitionsIsNotTheSamePlace() throws IOException {
    LaneWriter writer = writer(FilePer.TOPIC, 1, 1);
    writer.write(record(0, 5, "value 005"));
    writer.write(record(1, 5, "value 105"));

    assertThat(writer.finish()).hasSize(2);
  }

  @Test
  void theFileThatWasWrittenToTheLongestAgoIsClosedFirst() throws IOException {
    LaneWriter writer = writer(FilePer.PARTITION, NEVER, 2);
    writer.write(record(0, 1, "0"));
    writer.write(record(1, 1, "1"));
    writer.write(record(0, 2, "0"));
    writer.write(record(2, 1, "2"));
    assertThat(store.openStreams()).isEqualTo(2);
    writer.write(record(0, 3, "0"));
    writer.write(record(1, 2, "1"));

    assertThat(writer.finish())
        .extracting(WrittenFile::target)
        .containsExactly(path(1, 1, 1), path(2, 1, 1), path(0, 1, 3), path(1, 2, 2));
    assertThat(store.openStreams()).isZero();
  }

  @Test
  void twoFilesOfOneNameAreRefused() throws IOException {
    LaneWriter writer =
        new LaneWriter(
            StagedFiles.oneByOne(store, staging, configuration),
            "7-00003",
            new ByValue(),
            EncodeSettings.of(FileFormat.TEXT),
            new LaneWriter.Limits(NEVER, 1, 1000));
    writer.write(record(5, "a"));
    writer.write(record(5, "b"));
    writer.write(record(5, "a"));

    assertThatThrownBy(writer::finish)
        .isInstanceOf(LoaderException.class)
        .hasMessageContainingAll("a/events-3-00000000000000000005", "--open-files");
  }

  @Test
  void tooManyFoldersAreRefused() throws IOException {
    LaneWriter writer =
        new LaneWriter(
            StagedFiles.oneByOne(store, staging, configuration),
            "7-00003",
            new ByValue(),
            EncodeSettings.of(FileFormat.TEXT),
            new LaneWriter.Limits(NEVER, 2, 2));
    writer.write(record(5, "a"));
    writer.write(record(6, "b"));
    writer.write(record(7, "a"));

    assertThatThrownBy(() -> writer.write(record(8, "c")))
        .isInstanceOf(LoaderException.class)
        .hasMessageContainingAll("more than 2 folders", "--layout");
    assertThatIllegalStateException().isThrownBy(writer::finish);
  }

  @Test
  void aFileSaysWhatCameLateInIt() throws IOException {
    LaneWriter writer =
        new LaneWriter(
            StagedFiles.oneByOne(store, staging, configuration),
            "7-00003",
            new ByValue(),
            EncodeSettings.of(FileFormat.TEXT),
            new LaneWriter.Limits(NEVER, 10, 10));
    for (long time : new long[] {7000, 5000, 6000}) {
      writer.write(at(time, record(time, "late")));
      writer.write(at(time - 6000, record(time, "a")));
    }

    assertThat(writer.finish())
        .extracting(WrittenFile::late)
        .containsExactlyInAnyOrder(new LateRecords(3, "1970-01-01T00:00:05Z", "late"), null);
  }

  private static KafkaRecord at(long time, KafkaRecord record) {
    record.setTimestamp(time, TimestampType.CREATE_TIME);
    return record;
  }

  @Test
  void aPartitionThatHasEndedHasNoOpenFile() throws IOException {
    LaneWriter writer = writer(NEVER);
    writer.write(record(0, 1, "0"));
    writer.write(record(1, 1, "1"));

    writer.endPartition(new PartitionId("events", 0));

    assertThat(store.openStreams()).isEqualTo(1);
    assertThat(writer.finish()).hasSize(2);
  }

  @Test
  void aRecordThatIsRefusedLeavesTheFilesSound() throws IOException {
    LaneWriter writer = writer(NEVER);
    writer.write(record(150, "one"));
    assertThatThrownBy(() -> writer.write(record(151, "line\nbreak")))
        .isInstanceOf(UnwritableRecordException.class);
    writer.write(record(152, "two"));

    List<WrittenFile> files = writer.finish();

    assertThat(files)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("crc32c")
        .containsExactly(file(0, 150, 152, 2, 8));
    assertThat(content(files.get(0))).isEqualTo("one\ntwo\n");
  }

  @Test
  void aFileWhoseRecordsWereAllRefusedIsNone() throws IOException {
    LaneWriter writer = writer(NEVER);
    assertThatThrownBy(() -> writer.write(record(151, "line\nbreak")))
        .isInstanceOf(UnwritableRecordException.class);

    assertThat(writer.finish()).isEmpty();
    assertThat(store.openStreams()).isZero();
  }

  @Test
  void afterAFailureAllIsGivenUp() throws IOException {
    LaneWriter writer = writer(NEVER);
    writer.write(record(150, "one"));
    store.becomeFull();
    assertThatThrownBy(() -> writer.write(record(151, "x".repeat(1 << 20))))
        .hasMessage("disk full");

    // A mapper may catch what its write throws and go on.
    assertThatIllegalStateException().isThrownBy(() -> writer.write(record(152, "two")));
    assertThatIllegalStateException().isThrownBy(writer::finish);
    assertThat(store.openStreams()).isZero();
  }

  @Test
  void aFileThatCannotBeFinishedIsNotListed() throws IOException {
    LaneWriter writer = writer(NEVER);
    writer.write(record(150, "one"));
    store.becomeFull();

    assertThatThrownBy(writer::finish).hasMessage("disk full");
    assertThatIllegalStateException().isThrownBy(writer::finish);
    writer.close();
    assertThat(store.openStreams()).isZero();
  }

  @Test
  void givingUpClosesTheFileQuietly() throws IOException {
    LaneWriter writer = writer(NEVER);
    writer.write(record(150, "one"));
    store.becomeFull();

    writer.close();
    writer.close();

    assertThat(store.openStreams()).isZero();
    assertThatIllegalStateException().isThrownBy(() -> writer.write(record(151, "two")));
  }

  @Test
  void closingAfterTheEndChangesNothing() throws IOException {
    LaneWriter writer = writer(NEVER);
    writer.write(record(150, "value 150"));
    List<WrittenFile> files = writer.finish();

    writer.close();

    assertThat(content(files.get(0))).isEqualTo("value 150\n");
    assertThatIllegalStateException().isThrownBy(writer::finish);
  }

  @Test
  void aFileOfAnEarlierWriterIsNotOverwritten() throws IOException {
    LaneWriter first = writer(NEVER);
    first.write(record(150, "value 150"));
    WrittenFile file = first.finish().get(0);

    LaneWriter second = writer(NEVER);

    assertThatThrownBy(() -> second.write(record(150, "other")))
        .isInstanceOf(org.apache.hadoop.fs.FileAlreadyExistsException.class);
    assertThat(content(file)).isEqualTo("value 150\n");
  }

  @Test
  void aLengthToRollAtIsNeeded() {
    assertThatIllegalArgumentException().isThrownBy(() -> writer(0));
  }

  /** A folder for each value; a value of "late" is late. */
  private static final class ByValue implements Layout {
    private boolean late;

    @Override
    public Lane lane(KafkaRecord record, Lane last) {
      late = record.value().toString().equals("late");
      return new Lane(record.value().toString(), "events", OptionalInt.of(3));
    }

    @Override
    public boolean isLate() {
      return late;
    }
  }

  private LaneWriter writer(long rollBytes) {
    return writer(FilePer.PARTITION, rollBytes, 10);
  }

  private LaneWriter writer(FilePer filePer, long rollBytes, int openFiles) {
    return new LaneWriter(
        StagedFiles.oneByOne(store, staging, configuration),
        "run-00003",
        new PathLayout(filePer),
        EncodeSettings.of(FileFormat.TEXT),
        new LaneWriter.Limits(rollBytes, openFiles, 1000));
  }

  private static KafkaRecord record(long offset, String value) {
    return record(3, offset, value);
  }

  private static KafkaRecord record(int partition, long offset, String value) {
    KafkaRecord record = new KafkaRecord();
    record.setPosition(new PartitionId("events", partition), offset);
    record.value().set(value.getBytes(UTF_8));
    return record;
  }

  private static String path(int partition, long first, long last) {
    return "events/events-%d-%020d-%020d.txt".formatted(partition, first, last);
  }

  private static WrittenFile file(int number, long first, long last, long records, long bytes) {
    return new WrittenFile(
        "events." + number + ".txt",
        path(3, first, last),
        List.of(new FilePart(PARTITION, first, last, records)),
        bytes,
        null);
  }

  private String content(WrittenFile file) throws IOException {
    Path path = new Path(staging, file.staged());
    assertThat(store.entry(path).orElseThrow().length()).isEqualTo(file.bytes());
    try (InputStream in = store.open(path)) {
      byte[] bytes = in.readAllBytes();
      CRC32C checksum = new CRC32C();
      checksum.update(bytes);
      assertThat(file.crc32c()).isEqualTo("%08x".formatted(checksum.getValue()));
      return new String(bytes, UTF_8);
    }
  }
}
