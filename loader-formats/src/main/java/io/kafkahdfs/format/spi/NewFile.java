package io.kafkahdfs.format.spi;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A file that an encoder is about to write. It takes either the stream or the path. */
public interface NewFile {
  /**
   * Creates the file. The stream is unbuffered and belongs to the encoder from now on.
   *
   * @throws IOException if it cannot be created, or is there already
   */
  OutputStream stream() throws IOException;

  /** Where the file goes, for libraries that create files by themselves. Nothing is there yet. */
  Path path();

  /** What Hadoop's codecs and file systems are set up with. */
  Configuration configuration();
}
