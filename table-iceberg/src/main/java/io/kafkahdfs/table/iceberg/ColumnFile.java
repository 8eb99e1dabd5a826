package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.consumer.table.TableChange;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.mapping.NameMapping;

/** A file in its place, and what it says of its columns. */
interface ColumnFile {
  TableChange.File file();

  FileFormat format();

  /** Its columns, with ids that mean nothing: the table finds columns by name. */
  Schema schema();

  /**
   * What a table is told of it: how many records it has, and the bounds of its columns, if it has
   * them.
   *
   * @param names by which the table finds its columns
   */
  Metrics metrics(Table table, NameMapping names);

  /** The same with bounds that are not cut, however long they are; empty if it has no bounds. */
  Optional<Metrics> wholeBounds(Table table, NameMapping names);

  /**
   * Looks into a file.
   *
   * @param format in which it was landed
   * @throws LoaderException if no table of Iceberg has such columns
   */
  static ColumnFile read(TableChange.File file, FileFormat format, Configuration configuration)
      throws IOException {
    try {
      return format == FileFormat.ORC
          ? LandedOrc.read(file, configuration)
          : LandedParquet.read(file, configuration);
    } catch (IllegalArgumentException e) {
      throw new LoaderException(
          ExitCode.TABLE_BEHIND,
          file.path()
              + " has columns that no table of Iceberg has: "
              + Messages.of(e)
              + " Roll the load back, and correct its schema or take --format parquet.",
          e);
    }
  }

  /** Whether it can be told from files of a format in which partition of a table they lie. */
  static boolean tellPartitions(FileFormat format) {
    return format == FileFormat.PARQUET;
  }

  /**
   * As a table has it.
   *
   * @throws LoaderException if it does not have the records that its commit says, or they lie in
   *     several of the table's partitions
   */
  default DataFile dataFile(Table table, NameMapping names) throws LoaderException {
    Metrics metrics = metrics(table, names);
    if (metrics.recordCount() != file().records()) {
      throw new LoaderException(
          ExitCode.TABLE_BEHIND,
          file().path()
              + " has "
              + metrics.recordCount()
              + " records, and its commit says "
              + file().records()
              + ". verify tells what is wrong.");
    }
    DataFiles.Builder builder =
        DataFiles.builder(table.spec())
            .withPath(file().path().toString())
            .withFormat(format())
            .withFileSizeInBytes(file().bytes())
            .withMetrics(metrics);
    if (table.spec().isPartitioned()) {
      builder.withPartition(
          new PartitionValues(
                  table,
                  file().path(),
                  wholeBounds(table, names).orElseThrow(() -> withoutBounds(table)))
              .find());
    }
    return builder.build();
  }

  private LoaderException withoutBounds(Table table) {
    return new LoaderException(
        ExitCode.TABLE_BEHIND,
        file().path()
            + " does not tell in which partition of the table it lies ("
            + table.spec()
            + "): only Parquet has the bounds of its columns. Roll the load back to before it, and"
            + " load with --format parquet; or take a table without partitions.");
  }
}
