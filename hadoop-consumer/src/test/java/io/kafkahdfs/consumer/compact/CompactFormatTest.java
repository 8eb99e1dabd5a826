package io.kafkahdfs.consumer.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Codec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Merged files are compressed as the small ones were, where their names tell that. */
class CompactFormatTest {
  private static LandedFile file(String path) {
    return new LandedFile(
        "s/a", path, List.of(new LandedFile.Part("t", 0, 0, 9, 10)), 5, "00000000");
  }

  @ParameterizedTest
  @CsvSource({
    "TEXT, t/a.txt, NONE",
    "TEXT, t/a.txt.gz, GZIP",
    "JSON, t/a.json.bz2, BZIP2",
    "TEXT, t/a-c7.txt.snappy, SNAPPY",
    "AVRO, t/a.avro, SNAPPY",
    "PARQUET, t/a.parquet, ZSTANDARD"
  })
  void theyStayAsTheyAre(FileFormat format, String path, Codec codec)
      throws InvalidSettingException {
    assertThat(CompactFormat.of(format, Optional.empty(), true).codec(file(path))).isEqualTo(codec);
    assertThat(CompactFormat.of(format, Optional.of(Codec.NONE), true).codec(file(path)))
        .isEqualTo(Codec.NONE);
  }
}
