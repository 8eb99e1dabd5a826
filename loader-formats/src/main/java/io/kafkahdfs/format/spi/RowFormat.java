package io.kafkahdfs.format.spi;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Files of rows that have columns. Columns are told by an Avro schema, and rows are Avro's generic
 * data without conversions: logical types are the numbers and bytes that they are stored as.
 */
public interface RowFormat {
  /**
   * Why its files cannot have such rows.
   *
   * @param schema of a record
   * @return a clause that names the field and the reason; empty if they can
   */
  Optional<String> refusal(Schema schema);

  /**
   * Starts a file.
   *
   * @param schema one that is not refused
   * @param metadata what the file says of itself
   */
  RowEncoder create(NewFile file, WriteOptions options, Schema schema, Map<String, String> metadata)
      throws IOException;

  /**
   * Opens a stretch of a file. All stretches of a file together have each of its rows once.
   *
   * @param start the stretch's first byte
   * @param length how many bytes it has
   * @throws MissingLibraryException if what reads it is not there
   * @throws IOException also if it is not a file of this format
   */
  RowReader open(Path file, long start, long length, Configuration configuration)
      throws IOException;
}
