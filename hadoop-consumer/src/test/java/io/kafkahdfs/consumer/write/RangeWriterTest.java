package io.kafkahdfs.consumer.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeWriterTest {
  private static final PartitionId PARTITION = new PartitionId("events", 3);

  private final LaneWriter files =
      new LaneWriter(
          new InMemoryFileStore(),
          new Path("/staging"),
          "run-00003",
          new PathLayout(FilePer.PARTITION),
          EncodeSettings.of(FileFormat.TEXT),
          new Configuration(),
          new LaneWriter.Limits(1 << 20, 1, 1000));
  private final RangeWriter writer = new RangeWriter(new OffsetRange(PARTITION, 100, 200), files);

  @Test
  void countsRecordsAndTheirOffsets() throws IOException {
    for (long offset : new long[] {100, 100, 100, 150, 150, 199}) {
      writer.write(record(PARTITION, offset));
    }

    assertThat(writer.recordsWritten()).isEqualTo(6);
    assertThat(writer.offsetsWritten()).isEqualTo(3);
    assertThat(files.finish()).hasSize(1);
  }

  @Test
  void offsetZeroCounts() throws IOException {
    RangeWriter zero = new RangeWriter(new OffsetRange(PARTITION, 0, 1), files);
    zero.write(record(PARTITION, 0));

    assertThat(zero.offsetsWritten()).isEqualTo(1);
  }

  @Test
  void nothingWrittenIsCountedAsNothing() {
    assertThat(writer.recordsWritten()).isZero();
    assertThat(writer.offsetsWritten()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"events, 3, 99", "events, 3, 200", "events, 3, 149", "events, 2, 160", "x, 3, 160"})
  void aRecordOutOfPlaceIsRefused(String topic, int partition, long offset) throws IOException {
    writer.write(record(PARTITION, 150));
    KafkaRecord stray = record(new PartitionId(topic, partition), offset);

    LoaderException e = catchThrowableOfType(LoaderException.class, () -> writer.write(stray));

    assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(e)
        .hasMessageContaining("offset " + offset + " of " + topic + "-" + partition)
        .hasMessageContaining("events-3 [100, 200)")
        .hasMessageContaining("after offset 150")
        .hasMessageContaining("A mapper must keep a record's place");
    // A mapper may catch what its write throws and go on.
    assertThatIllegalStateException().isThrownBy(() -> writer.write(record(PARTITION, 151)));
    assertThatIllegalStateException().isThrownBy(files::finish);
  }

  private static KafkaRecord record(PartitionId partition, long offset) {
    KafkaRecord record = new KafkaRecord();
    record.setPosition(partition, offset);
    record.value().set(new byte[] {'v'});
    return record;
  }
}
