package io.kafkahdfs.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.NewlinePolicy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFormatTest {
  @ParameterizedTest
  @CsvSource({
    "avro, none, .avro",
    "avro, snappy, .avro",
    "avro, zstandard, .avro",
    "avro, deflate, .avro",
    "json, none, .json",
    "json, gzip, .json.gz",
    "text, none, .txt",
    "text, gzip, .txt.gz",
    "text, snappy, .txt.snappy",
    "text, bzip2, .txt.bz2",
    "text, deflate, .txt.deflate",
    "sequence, none, .seq",
    "sequence, snappy, .seq",
    "sequence, deflate, .seq",
    "sequence, bzip2, .seq",
    "parquet, zstandard, .parquet",
    "parquet, gzip, .parquet",
    "orc, deflate, .orc"
  })
  void filesEndAsToolsExpect(String format, String codec, String extension) {
    assertThat(EncodeSettings.of(FileFormat.named(format)).with(named(codec)).extension())
        .isEqualTo(extension);
  }

  private static Codec named(String id) {
    return Stream.of(Codec.values()).filter(codec -> codec.id().equals(id)).findAny().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "avro, snappy",
    "json, none",
    "text, none",
    "sequence, none",
    "parquet, zstandard",
    "orc, zstandard"
  })
  void eachFormatHasADefaultCodec(String format, String codec) {
    EncodeSettings settings = EncodeSettings.of(FileFormat.named(format));

    assertThat(settings.options().codec()).hasToString(codec);
    assertThat(settings.options().newlines()).isEqualTo(NewlinePolicy.FAIL);
  }

  @ParameterizedTest
  @CsvSource({
    "AVRO, GZIP, 'snappy, none, zstandard, deflate'",
    "AVRO, BZIP2, 'snappy, none, zstandard, deflate'",
    "TEXT, ZSTANDARD, 'none, gzip, snappy, bzip2, deflate'",
    "SEQUENCE, GZIP, 'none, snappy, deflate, bzip2'",
    "SEQUENCE, ZSTANDARD, 'none, snappy, deflate, bzip2'"
  })
  void aCodecThatAFormatCannotDoIsRefused(FileFormat format, Codec codec, String allowed) {
    EncodeSettings settings = EncodeSettings.of(format);
    String message =
        "Format "
            + format.id()
            + " cannot be compressed with "
            + codec.id()
            + "; choose one of "
            + allowed;

    assertThatIllegalArgumentException().isThrownBy(() -> format.check(codec)).withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.with(codec))
        .withMessage(message);
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FileFormat.named("csv"))
        .withMessageContainingAll("\"csv\"", "avro, json, text, sequence");
  }

  @ParameterizedTest
  @CsvSource({"fail, FAIL", "escape, ESCAPE", "keep, KEEP"})
  void policiesHaveNames(String name, NewlinePolicy policy) {
    assertThat(policy.id()).isEqualTo(name);
  }
}
