package io.kafkahdfs.format.text;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.Stretches;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.EscapedLines;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.MissingLibraryException;
import io.kafkahdfs.format.spi.ReadOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A codec that does not work here is no fault of the files that need it. */
class MissingCodecTest {
  /** As Hadoop's own codecs are where its native library lacks theirs. */
  public static class WithoutNativeLibrary extends DefaultCodec {
    @Override
    public String getDefaultExtension() {
      return ".half";
    }

    @Override
    public Class<? extends Decompressor> getDecompressorType() {
      return Decompressor.class;
    }

    @Override
    public Decompressor createDecompressor() {
      throw new IllegalStateException("native half library not available");
    }
  }

  /** As one whose jar was left out. */
  public static class WithoutJar extends WithoutNativeLibrary {
    @Override
    public Decompressor createDecompressor() {
      throw new NoClassDefFoundError("com/example/Half");
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {WithoutNativeLibrary.class, WithoutJar.class})
  void itIsNamedWithTheFile(Class<?> codec) throws IOException {
    missing(codec.getName(), ".half", codec.getName(), "half", "-libjars");
  }

  @ParameterizedTest
  @ValueSource(strings = {".txt", ".gz", ".half"})
  void oneThatIsConfiguredAndNotThereIsNamed(String ending) throws IOException {
    missing("com.example.NoCodec", ending, "com.example.NoCodec", "io.compression.codecs");
  }

  private static void missing(String codecs, String ending, String... words) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("io.compression.codecs", codecs);
    FormatReader reader =
        FileFormat.TEXT.reader(
            new ReadOptions(AvroValues.BINARY, Optional.empty(), EscapedLines.KEEP, false, true),
            configuration);
    try (Stretches file = new Stretches(ending)) {
      file.write(new byte[] {1, 2, 3});
      assertThatThrownBy(() -> reader.inspect(file.path()))
          .isInstanceOf(MissingLibraryException.class)
          .hasMessageContainingAll(words);
      assertThatThrownBy(() -> file.read(List.of(), reader::open))
          .isInstanceOf(MissingLibraryException.class)
          .hasMessageContainingAll(words);
    }
  }
}
