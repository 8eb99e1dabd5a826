package io.kafkahdfs.format.spi;

import java.io.Closeable;
import java.io.IOException;
import org.apache.avro.generic.IndexedRecord;

/**
 * Writes rows into one file. It buffers by itself. Not for several threads. Once {@link #write} has
 * thrown anything else than an {@link UnwritableRowException}, the file is spoilt and may only be
 * thrown away.
 */
public interface RowEncoder extends Closeable {
  /**
   * Appends a row; nothing of it is kept, so that the next one can be in the same object.
   *
   * @param row of the file's schema
   * @throws UnwritableRowException if files cannot have it; the next one can be written
   */
  void write(IndexedRecord row) throws IOException;

  /** As {@link RecordEncoder#bytes}. */
  long bytes();

  /** As {@link RecordEncoder#close}. */
  @Override
  void close() throws IOException;
}
