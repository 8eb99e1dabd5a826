package io.kafkahdfs.format.spi;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.Path;

/**
 * A file that gets the records of several. Once a method has thrown, it is spoilt.
 *
 * @param copy appends the records of a file to it
 * @param size how many bytes it has, as {@link RecordEncoder#bytes}
 * @param file finishes it, as {@link RecordEncoder#close}
 */
public record JoinedFile(Copy copy, LongSupplier size, Closeable file) implements Closeable {
  /** Copies all records of a file. */
  @FunctionalInterface
  public interface Copy {
    /**
     * @param length the file's bytes
     * @return how many records; more than were written where {@link Format#keepsCount} says so
     * @throws IOException also if the file is damaged
     */
    long from(Path file, long length) throws IOException;
  }

  /** Appends all records of a file, see {@link Copy}. */
  public long append(Path from, long length) throws IOException {
    return copy.from(from, length);
  }

  /** How many bytes it has; exact once it is closed. */
  public long bytes() {
    return size.getAsLong();
  }

  /** Finishes it; a second call does nothing. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
