package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.consumer.table.TableChange;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
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
 * A Parquet file in its place, and what its footer says.
 *
 * @param schema its columns, with ids that mean nothing: the table finds columns by name
 */
record LandedParquet(TableChange.File file, ParquetMetadata footer, Schema schema) {
  static LandedParquet read(TableChange.File file, Configuration configuration) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file.path(), configuration))) {
      ParquetMetadata footer = reader.getFooter();
      return new LandedParquet(
          file, footer, ParquetSchemaUtil.convert(footer.getFileMetaData().getSchema()));
    }
  }

  /**
   * As a table has it.
   *
   * @throws LoaderException if it does not have the records that its commit says, or they lie in
   *     several of the table's partitions
   */
  DataFile dataFile(Table table, NameMapping names) throws LoaderException {
    Bounds bounds = new Bounds(table, footer, names);
    Metrics metrics = bounds.asTheTableWants();
    if (metrics.recordCount() != file.records()) {
      throw new LoaderException(
          ExitCode.TABLE_BEHIND,
          file.path()
              + " has "
              + metrics.recordCount()
              + " records, and its commit says "
              + file.records()
              + ". verify tells what is wrong.");
    }
    DataFiles.Builder builder =
        DataFiles.builder(table.spec())
            .withPath(file.path().toString())
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(file.bytes())
            .withMetrics(metrics);
    if (table.spec().isPartitioned()) {
      builder.withPartition(new PartitionValues(table, file.path(), bounds.whole()).find());
    }
    return builder.build();
  }
}
