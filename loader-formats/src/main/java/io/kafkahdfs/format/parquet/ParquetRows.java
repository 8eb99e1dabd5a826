package io.kafkahdfs.format.parquet;

import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.RowEncoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.RowReader;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.schema.TypeUtil;

/** Rows in Parquet files, with the columns that Parquet's own library makes of an Avro schema. */
final class ParquetRows implements RowFormat {
  @Override
  public Optional<String> refusal(Schema schema) {
    if (schema.getFields().isEmpty()) {
      return Optional.of("it has no fields, and Parquet files have a column at least");
    }
    try {
      // Whoever reads the file parses it so.
      new Schema.Parser().parse(schema.toString());
    } catch (RuntimeException e) {
      return Optional.of("names in it are not Avro's: " + Reason.of(e));
    }
    AvroSchemaConverter converter = new AvroSchemaConverter(configured(new Configuration(false)));
    for (Schema.Field field : schema.getFields()) {
      try {
        TypeUtil.checkValidWriteSchema(
            converter.convert(
                Schema.createRecord(
                    "Row", null, null, false, List.of(new Schema.Field(field, field.schema())))));
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
    return new ParquetRowEncoder(
        file.stream(), configured(file.configuration()), options, schema, metadata);
  }

  @Override
  public RowReader open(Path file, long start, long length, Configuration configuration)
      throws IOException {
    return ParquetRowReader.open(file, start, length, configured(configuration));
  }

  /** Lists as every reader knows them today, and what has no columns of Avro's as bytes. */
  private static Configuration configured(Configuration configuration) {
    Configuration configured = new Configuration(configuration);
    configured.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    configured.setBoolean(AvroReadSupport.READ_INT96_AS_FIXED, true);
    configured.setBoolean(AvroReadSupport.AVRO_COMPATIBILITY, false);
    return configured;
  }
}
