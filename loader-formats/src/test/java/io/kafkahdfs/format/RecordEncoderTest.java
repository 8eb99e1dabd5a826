package io.kafkahdfs.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.format.io.FileBuffer;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.NewlinePolicy;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every format with every codec. */
class RecordEncoderTest {
  @TempDir Path folder;

  static Stream<EncodeSettings> everyFormatAndCodec() {
    return Arrays.stream(FileFormat.values())
        .flatMap(
            format ->
                format.format().codecs().stream()
                    .map(
                        codec -> EncodeSettings.of(format).with(codec).with(NewlinePolicy.ESCAPE)));
  }

  @ParameterizedTest
  @MethodSource("everyFormatAndCodec")
  void valuesComeBackByteForByte(EncodeSettings settings) throws IOException {
    byte[] large = new byte[10 << 20];
    new Random(1).nextBytes(large);
    // Half of it compresses well: codecs that find nothing to do take other ways.
    Arrays.fill(large, 0, large.length / 2, (byte) 'x');
    List<byte[]> values =
        List.of(
            Sample.utf8("first"),
            Sample.everyByte(),
            new byte[0],
            Sample.utf8("Grüße, 世界, 🚀"),
            large,
            new byte[FileBuffer.SIZE - 1],
            new byte[FileBuffer.SIZE],
            Sample.utf8("last"));
    List<Sample> samples = new ArrayList<>();
    for (byte[] value : values) {
      samples.add(Sample.of(samples.size(), Sample.utf8("key"), value));
    }

    File file = ReadBack.write(folder, settings, samples);

    List<byte[]> read = ReadBack.values(settings.format(), file);
    assertThat(read).hasSameSizeAs(values);
    for (int i = 0; i < values.size(); i++) {
      byte[] value =
          settings.format() == FileFormat.TEXT ? ReadBack.unescape(read.get(i)) : read.get(i);
      assertThat(Arrays.equals(value, values.get(i))).as("value %d", i).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("everyFormatAndCodec")
  void aFileWithoutRecordsCanBeRead(EncodeSettings settings) throws IOException {
    File file = ReadBack.write(folder, settings, List.of());

    assertThat(ReadBack.values(settings.format(), file)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("everyFormatAndCodec")
  void bytesGrowAndAreTheFilesLengthInTheEnd(EncodeSettings settings) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Random random = new Random(2);
    RecordEncoder encoder = settings.create(Target.of(out), Provenance.of(Sample.PARTITION));
    long before = encoder.bytes();
    for (int i = 0; i < 300; i++) {
      byte[] value = new byte[10_000];
      random.nextBytes(value);
      encoder.write(Sample.of(i, null, value).record());
      assertThat(encoder.bytes()).isBetween(before, 5_000_000L);
      before = encoder.bytes();
    }
    // Random bytes do not compress, so all but what is held back shows.
    assertThat(before)
        .isGreaterThanOrEqualTo(
            3_000_000
                - settings.format().format().lagBytes(new org.apache.hadoop.conf.Configuration())
                - 10_000);

    encoder.close();

    assertThat(encoder.bytes()).isEqualTo(out.size()).isGreaterThanOrEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "AVRO, NONE, 50000",
    "AVRO, SNAPPY, 50000",
    "SEQUENCE, SNAPPY, 50000",
    "PARQUET, ZSTANDARD, 400000",
    "PARQUET, NONE, 400000",
    "ORC, ZSTANDARD, 400000",
    "ORC, NONE, 400000"
  })
  void noMoreIsHeldBackThanIsAllowed(FileFormat format, Codec codec, int held) throws IOException {
    EncodeSettings settings = EncodeSettings.of(format).with(codec).holdingBack(held);
    Random random = new Random(2);
    try (RecordEncoder encoder =
        settings.create(Target.of(new ByteArrayOutputStream()), Provenance.of(Sample.PARTITION))) {
      for (int i = 1; i <= 300; i++) {
        byte[] value = new byte[10_000];
        random.nextBytes(value);
        encoder.write(Sample.of(i, null, value).record());
        // Random bytes do not compress, so all but what is held back shows; of what has columns,
        // also what is written of a column before the others.
        assertThat(encoder.bytes()).isGreaterThanOrEqualTo(i * 10_000 - held - 20_000);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyFormatAndCodec")
  void closesTheStreamAndASecondTimeDoesNothing(EncodeSettings settings) throws IOException {
    BreakingStream out = new BreakingStream();
    RecordEncoder encoder = settings.create(Target.of(out), Provenance.of(Sample.PARTITION));
    encoder.write(Sample.of(1, null, Sample.utf8("value")).record());
    encoder.close();
    long length = out.length;

    encoder.close();

    assertThat(out.closed).isEqualTo(1);
    assertThat(out.length).isEqualTo(length);
    assertThat(encoder.bytes()).isEqualTo(length);
  }

  @ParameterizedTest
  @MethodSource("everyFormatAndCodec")
  void closesTheStreamEvenIfTheFileCannotBeFinished(EncodeSettings settings) throws IOException {
    BreakingStream out = new BreakingStream();
    RecordEncoder encoder = settings.create(Target.of(out), Provenance.of(Sample.PARTITION));
    encoder.write(Sample.of(1, null, Sample.utf8("value")).record());
    out.broken = true;

    assertThatThrownBy(encoder::close).hasStackTraceContaining("disk full");

    assertThat(out.closed).isEqualTo(1);
    encoder.close();
    assertThat(out.closed).isEqualTo(1);
  }

  /** A stream that counts, and writes nothing more once it is broken. */
  private static final class BreakingStream extends OutputStream {
    private boolean broken;
    private long length;
    private int closed;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      if (broken) {
        throw new IOException("disk full");
      }
      length += count;
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
