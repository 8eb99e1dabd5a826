package io.kafkahdfs.format.spi;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** A file that gets the records of several. Once a method has thrown, it is spoilt. */
public interface JoinedFile extends Closeable {
  /**
   * Appends all records of a file.
   *
   * @param length its bytes
   * @return how many; more than were written where {@link Format#keepsCount} says so
   * @throws IOException also if the file is damaged
   */
  long append(Path file, long length) throws IOException;

  /** As {@link RecordEncoder#bytes}. */
  long bytes();

  /** As {@link RecordEncoder#close}. */
  @Override
  void close() throws IOException;
}
