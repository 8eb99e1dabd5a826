package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.consumer.table.TableChange;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * A Parquet file in its place.
 *
 * @param footer what it says of its columns
 */
record LandedParquet(TableChange.File file, ParquetMetadata footer, Schema schema)
    implements ColumnFile {
  static LandedParquet read(TableChange.File file, Configuration configuration) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file.path(), configuration))) {
      ParquetMetadata footer = reader.getFooter();
      return new LandedParquet(
          file, footer, ParquetSchemaUtil.convert(footer.getFileMetaData().getSchema()));
    }
  }

  @Override
  public FileFormat format() {
    return FileFormat.PARQUET;
  }

  @Override
  public Metrics metrics(Table table, NameMapping names) {
    return new Bounds(table, footer, names).asTheTableWants();
  }

  @Override
  public Optional<Metrics> wholeBounds(Table table, NameMapping names) {
    return Optional.of(new Bounds(table, footer, names).whole());
  }
}
