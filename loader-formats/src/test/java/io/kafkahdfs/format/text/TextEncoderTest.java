package io.kafkahdfs.format.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.ReadBack;
import io.kafkahdfs.format.Sample;
import io.kafkahdfs.format.Target;
import io.kafkahdfs.format.spi.NewlinePolicy;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncoderTest {
  private static final EncodeSettings TEXT = EncodeSettings.of(FileFormat.TEXT);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(NewlinePolicy.class)
  void valuesAreLines(NewlinePolicy policy) throws IOException {
    assertThat(encode(TEXT.with(policy), "one", "", null, "Grüße, 世界"))
        .isEqualTo("one\n\n\nGrüße, 世界\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r"})
  void aLineBreakAnywhereIsRefused(String lineBreak) {
    for (int length = 1; length <= 25; length++) {
      for (int at = 0; at < length; at++) {
        String value = "x".repeat(at) + lineBreak + "x".repeat(length - at - 1);
        LoaderException e =
            catchThrowableOfType(LoaderException.class, () -> encode(TEXT, "before", value));
        assertThat(e).as("at %d of %d", at, length).isNotNull();
        assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(e)
            .hasMessageContaining("clicks.eu-west_1-7@1 has a ")
            .hasMessageContaining(lineBreak.equals("\n") ? "line feed" : "carriage return")
            .hasMessageContaining("at byte " + at + " of its value,")
            .hasMessageContaining("--newlines escape")
            .hasMessageContaining("--newlines keep");
      }
    }
  }

  @Test
  void otherBytesAreNoLineBreaks() throws IOException {
    byte[] others = new byte[254];
    int count = 0;
    for (byte b : Sample.everyByte()) {
      if (b != '\n' && b != '\r') {
        others[count++] = b;
      }
    }
    File file = ReadBack.write(folder, TEXT, List.of(Sample.of(0, null, others)));

    assertThat(ReadBack.lines(file)).containsExactly(others);
  }

  @Test
  void escapedLinesReadAsDocumented() throws IOException {
    assertThat(encode(TEXT.with(NewlinePolicy.ESCAPE), "a\nb\r\nc\\d\\n", "plain"))
        .isEqualTo("a\\nb\\r\\nc\\\\d\\\\n\nplain\n");
  }

  @Test
  void escapingCanBeUndoneWhereverItWasNeeded() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (byte special : new byte[] {'\n', '\r', '\\'}) {
      for (int length = 1; length <= 25; length++) {
        for (int at = 0; at < length; at++) {
          byte[] value = new byte[length];
          Arrays.fill(value, (byte) 'n');
          value[at] = special;
          value[length - 1 - at] = special;
          samples.add(Sample.of(samples.size(), null, value));
        }
      }
    }
    File file = ReadBack.write(folder, TEXT.with(NewlinePolicy.ESCAPE), samples);

    assertThat(ReadBack.lines(file).stream().map(ReadBack::unescape).toList())
        .usingRecursiveComparison()
        .isEqualTo(samples.stream().map(Sample::value).toList());
  }

  @Test
  void keptLineBreaksMakeSeveralLines() throws IOException {
    assertThat(encode(TEXT.with(NewlinePolicy.KEEP), "a\nb\r\\c")).isEqualTo("a\nb\r\\c\n");
  }

  @Test
  void aRefusedValueLeavesNothingBehindAndTheNextOneIsWritten() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RecordEncoder encoder = TEXT.create(Target.of(out), Provenance.of(Sample.PARTITION))) {
      encoder.write(Sample.of(0, null, Sample.utf8("one")).record());
      UnwritableRecordException refused =
          catchThrowableOfType(
              UnwritableRecordException.class,
              () -> encoder.write(Sample.of(1, null, Sample.utf8("two\n")).record()));
      assertThat(refused.reason())
          .isEqualTo(
              "has a line feed at byte 3 of its value, so it would be more than one line of text");
      assertThat(encoder.bytes()).isEqualTo(4);
      encoder.write(Sample.of(2, null, Sample.utf8("three")).record());
    }
    assertThat(out.toString(UTF_8)).isEqualTo("one\nthree\n");
  }

  private String encode(EncodeSettings settings, String... values) throws IOException {
    List<Sample> samples =
        java.util.stream.IntStream.range(0, values.length)
            .mapToObj(i -> Sample.of(i, null, values[i] == null ? null : values[i].getBytes(UTF_8)))
            .toList();
    try {
      return Files.readString(ReadBack.write(folder, settings, samples).toPath());
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
