package io.kafkahdfs.format.orc;

import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.RowEncoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.RowReader;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Rows in ORC files, with the columns that {@link OrcColumn} makes of an Avro schema. */
final class OrcRows implements RowFormat {
  /** The key under which a file has its Avro schema. */
  static final String SCHEMA_KEY = "avro.schema";

  @Override
  public Optional<String> refusal(Schema schema) {
    if (schema.getFields().isEmpty()) {
      return Optional.of("it has no fields, and ORC files have a column at least");
    }
    for (Schema.Field field : schema.getFields()) {
      try {
        OrcColumn.of(field.schema());
      } catch (RuntimeException e) {
        return Optional.of("the field " + field.name() + ": " + Reason.of(e));
      }
    }
    return Optional.empty();
  }

  @Override
  public RowEncoder create(
      NewFile file, WriteOptions options, Schema schema, Map<String, String> metadata)
      throws IOException {
    return new OrcRowEncoder(file.stream(), file.configuration(), options, schema, metadata);
  }

  @Override
  public RowReader open(Path file, long start, long length, Configuration configuration)
      throws IOException {
    return OrcRowReader.open(file, start, length, configuration);
  }
}
