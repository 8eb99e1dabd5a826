package io.kafkahdfs.consumer.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingFileWriterTest {
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
  void aRangeWithoutRecordsLeavesNothing() throws IOException {
    RollingFileWriter writer = writer(0, 100, NEVER);

    assertThat(writer.finish()).isEmpty();
    assertThat(writer.recordsWritten()).isZero();
    assertThat(writer.offsetsWritten()).isZero();
    assertThat(store.entry(staging)).isEmpty();
  }

  @Test
  void aFullFileIsFollowedByAnother() throws IOException {
    // A line has 10 bytes: the third makes a file full.
    RollingFileWriter writer = writer(100, 200, 21);
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
    RollingFileWriter writer = writer(100, 200, rollBytes);
    for (long offset = 100; offset < 104; offset++) {
      writer.write(record(offset, "value %03d".formatted(offset)));
    }

    assertThat(writer.finish()).hasSize(files);
  }

  @Test
  void theRecordsOfOneOffsetStayTogether() throws IOException {
    RollingFileWriter writer = writer(100, 200, 1);
    for (long offset : new long[] {100, 100, 100, 150, 150, 199}) {
      writer.write(record(offset, "value %03d".formatted(offset)));
    }

    assertThat(writer.finish())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("crc32c")
        .containsExactly(
            file(0, 100, 100, 3, 30), file(1, 150, 150, 2, 20), file(2, 199, 199, 1, 10));
    assertThat(writer.recordsWritten()).isEqualTo(6);
    assertThat(writer.offsetsWritten()).isEqualTo(3);
  }

  @Test
  void offsetZeroCounts() throws IOException {
    RollingFileWriter writer = writer(0, 1, NEVER);
    writer.write(record(0, "value 000"));

    assertThat(writer.finish())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("crc32c")
        .containsExactly(file(0, 0, 0, 0, 1, 10));
    assertThat(writer.offsetsWritten()).isEqualTo(1);
  }

  @Test
  void severalRangesShareAFolder() throws IOException {
    RollingFileWriter first = writer(0, 10, NEVER);
    RollingFileWriter second = writer(10, 20, NEVER);
    first.write(record(5, "value 005"));
    second.write(record(15, "value 015"));

    WrittenFile one = first.finish().get(0);
    WrittenFile other = second.finish().get(0);

    assertThat(content(one)).isEqualTo("value 005\n");
    assertThat(content(other)).isEqualTo("value 015\n");
    assertThat(store.list(staging)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"events, 3, 99", "events, 3, 200", "events, 3, 149", "events, 2, 160", "x, 3, 160"})
  void aRecordOutOfPlaceIsRefused(String topic, int partition, long offset) throws IOException {
    RollingFileWriter writer = writer(100, 200, NEVER);
    writer.write(record(150, "in place"));
    KafkaRecord stray = record(offset, "stray");
    stray.setPosition(new PartitionId(topic, partition), offset);

    LoaderException e = catchThrowableOfType(LoaderException.class, () -> writer.write(stray));

    assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(e)
        .hasMessageContaining("offset " + offset + " of " + topic + "-" + partition)
        .hasMessageContaining("events-3 [100, 200)")
        .hasMessageContaining("after offset 150")
        .hasMessageContaining("A mapper must keep a record's place");
  }

  @Test
  void afterARefusedRecordTheRangeIsGivenUp() throws IOException {
    RollingFileWriter writer = writer(100, 200, NEVER);
    writer.write(record(150, "one"));
    assertThatThrownBy(() -> writer.write(record(151, "line\nbreak")))
        .isInstanceOf(LoaderException.class);

    // A mapper may catch what its write throws and go on.
    assertThatIllegalStateException().isThrownBy(() -> writer.write(record(152, "two")));
    assertThatIllegalStateException().isThrownBy(writer::finish);
    assertThat(store.openStreams()).isZero();
  }

  @Test
  void aFileThatCannotBeFinishedIsNotListed() throws IOException {
    RollingFileWriter writer = writer(100, 200, NEVER);
    writer.write(record(150, "one"));
    store.becomeFull();

    assertThatThrownBy(writer::finish).hasMessage("disk full");
    assertThatIllegalStateException().isThrownBy(writer::finish);
    writer.close();
    assertThat(store.openStreams()).isZero();
  }

  @Test
  void givingUpClosesTheFileQuietly() throws IOException {
    RollingFileWriter writer = writer(100, 200, NEVER);
    writer.write(record(150, "one"));
    store.becomeFull();

    writer.close();
    writer.close();

    assertThat(store.openStreams()).isZero();
    assertThatIllegalStateException().isThrownBy(() -> writer.write(record(151, "two")));
  }

  @Test
  void closingAfterTheEndChangesNothing() throws IOException {
    RollingFileWriter writer = writer(100, 200, NEVER);
    writer.write(record(150, "value 150"));
    List<WrittenFile> files = writer.finish();

    writer.close();

    assertThat(content(files.get(0))).isEqualTo("value 150\n");
    assertThatIllegalStateException().isThrownBy(writer::finish);
  }

  @Test
  void aFileOfAnEarlierWriterIsNotOverwritten() throws IOException {
    RollingFileWriter first = writer(100, 200, NEVER);
    first.write(record(150, "value 150"));
    WrittenFile file = first.finish().get(0);

    RollingFileWriter second = writer(100, 200, NEVER);

    assertThatThrownBy(() -> second.write(record(150, "other")))
        .isInstanceOf(org.apache.hadoop.fs.FileAlreadyExistsException.class);
    assertThat(content(file)).isEqualTo("value 150\n");
  }

  @Test
  void aLengthToRollAtIsNeeded() {
    assertThatIllegalArgumentException().isThrownBy(() -> writer(100, 200, 0));
  }

  private RollingFileWriter writer(long from, long until, long rollBytes) {
    return new RollingFileWriter(
        store,
        staging,
        new OffsetRange(PARTITION, from, until),
        EncodeSettings.of(FileFormat.TEXT),
        configuration,
        rollBytes);
  }

  private static KafkaRecord record(long offset, String value) {
    KafkaRecord record = new KafkaRecord();
    record.setPosition(new PartitionId("events", 3), offset);
    record.value().set(value.getBytes(UTF_8));
    return record;
  }

  private static WrittenFile file(int number, long first, long last, long records, long bytes) {
    return file(100, number, first, last, records, bytes);
  }

  private static WrittenFile file(
      long from, int number, long first, long last, long records, long bytes) {
    return new WrittenFile(
        "events-3-%020d.%d.txt".formatted(from, number),
        "events/events-3-%020d-%020d.txt".formatted(first, last),
        PARTITION,
        first,
        last,
        records,
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
