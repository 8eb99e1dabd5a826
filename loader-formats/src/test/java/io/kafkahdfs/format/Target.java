package io.kafkahdfs.format;

import io.kafkahdfs.format.spi.NewFile;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A file of a test: a stream, wherever it goes. */
public record Target(OutputStream stream, Configuration configuration) implements NewFile {
  public static NewFile of(OutputStream stream) {
    return new Target(stream, new Configuration());
  }

  @Override
  public Path path() {
    throw new UnsupportedOperationException("It is only a stream");
  }
}
