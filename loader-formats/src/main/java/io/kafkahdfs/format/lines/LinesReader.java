package io.kafkahdfs.format.lines;

import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.MissingLibraryException;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.IOException;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;

/** Reads files whose records are lines. */
public final class LinesReader implements FormatReader {
  private final TextFiles files;
  private final Function<Lines, RecordDecoder> decoder;

  /**
   * @param decoder makes records of lines, which it closes
   */
  public LinesReader(TextFiles files, Function<Lines, RecordDecoder> decoder) {
    this.files = files;
    this.decoder = decoder;
  }

  @Override
  public RecordDecoder open(Path file, long start, long length) throws IOException {
    return decoder.apply(files.open(file, start, length));
  }

  @Override
  public void inspect(Path file) throws IOException {
    files.open(file, 0, Long.MAX_VALUE).close();
  }

  @Override
  public boolean isSplittable(Path file) throws MissingLibraryException {
    return files.isSplittable(file);
  }
}
