package io.kafkahdfs.format.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/**
 * The Avro schema of the archive record, {@code archive-record.avsc}. Files are kept for years: it
 * may only change in ways that old readers and old files bear.
 */
public final class ArchiveSchema {
  private static final String RESOURCE = "archive-record.avsc";
  private static final Schema SCHEMA = load();

  private ArchiveSchema() {}

  public static Schema schema() {
    return SCHEMA;
  }

  private static Schema load() {
    try (InputStream in = ArchiveSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE, e);
    }
  }
}
