package io.kafkahdfs.format.lines;

import io.kafkahdfs.format.io.PackedFile;
import io.kafkahdfs.format.spi.FileJoin;
import io.kafkahdfs.format.spi.JoinedFile;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Puts the lines of files one behind the other, byte for byte, whatever they mean. */
public final class LineJoin implements FileJoin {
  private static final int CHUNK_BYTES = 64 << 10;

  /** All files of lines can be joined. */
  @Override
  public String kind(Path file, Configuration configuration) {
    return "";
  }

  @Override
  public JoinedFile begin(NewFile file, WriteOptions options, Path like, Provenance provenance)
      throws IOException {
    PackedFile packed = PackedFile.create(file, options.codec());
    TextFiles files = new TextFiles(false, file.configuration());
    return new JoinedFile(
        (from, length) -> copy(files.content(from), packed.content()), packed::bytes, packed);
  }

  /** Counts line feeds: each record ends with one. */
  private static long copy(InputStream from, OutputStream to) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    long lines = 0;
    byte last = '\n';
    try (from) {
      for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
        to.write(chunk, 0, read);
        for (int i = 0; i < read; i++) {
          lines += chunk[i] == '\n' ? 1 : 0;
        }
        last = read == 0 ? last : chunk[read - 1];
      }
    }
    if (last != '\n') {
      throw new IOException("its last line has no end");
    }
    return lines;
  }
}
