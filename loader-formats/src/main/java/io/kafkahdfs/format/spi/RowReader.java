package io.kafkahdfs.format.spi;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Reads the rows of a stretch of a file, always the same ones in the same order. */
public interface RowReader extends Closeable {
  /** That of the rows, as it was when the file was written by us; else what the file tells. */
  Schema schema();

  /** What the file says of itself. */
  Map<String, String> metadata();

  /**
   * The next row; it may be the object of the one before.
   *
   * @return null when there is no further row
   * @throws BadRecordException if it cannot be understood; the one behind it can be read
   * @throws IOException if the rest of the file cannot be read
   */
  IndexedRecord next() throws IOException;

  /** How much of the stretch is read, from 0 to 1. */
  float progress() throws IOException;
}
