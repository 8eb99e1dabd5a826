package io.kafkahdfs.format.parquet;

import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * What a footer says of row groups, held against the file and against itself: Parquet's library
 * makes as much room as it says.
 */
final class Footers {
  /** The letters before the first row group. */
  private static final int MAGIC_BYTES = 4;

  private Footers() {}

  /**
   * @throws IOException if it cannot be true
   */
  static void check(ParquetMetadata footer, long length) throws IOException {
    int number = 0;
    for (BlockMetaData group : footer.getBlocks()) {
      if (group.getRowCount() < 0 || group.getColumns().isEmpty()) {
        throw new IOException(
            "its footer is damaged: row group "
                + number
                + " has "
                + group.getRowCount()
                + " rows in "
                + group.getColumns().size()
                + " columns");
      }
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        check(footer, group, number, chunk, length);
      }
      number++;
    }
  }

  private static void check(
      ParquetMetadata footer,
      BlockMetaData group,
      int number,
      ColumnChunkMetaData chunk,
      long length)
      throws IOException {
    long from = chunk.getStartingPos();
    long size = chunk.getTotalSize();
    if (from < MAGIC_BYTES || size < 0 || size > length - from) {
      throw new IOException(
          "its footer is damaged or it is cut short: the column "
              + chunk.getPath().toDotString()
              + " of row group "
              + number
              + " has "
              + size
              + " bytes from byte "
              + from
              + " on, in a file of "
              + length);
    }
    ColumnDescriptor column =
        footer.getFileMetaData().getSchema().getColumnDescription(chunk.getPath().toArray());
    if (column.getMaxRepetitionLevel() == 0 && chunk.getValueCount() != group.getRowCount()) {
      throw new IOException(
          "its footer is damaged: the column "
              + chunk.getPath().toDotString()
              + " of row group "
              + number
              + " has "
              + chunk.getValueCount()
              + " values for "
              + group.getRowCount()
              + " rows");
    }
  }

  /** Whether a row group belongs to a stretch: it begins in it. */
  static boolean beginsIn(BlockMetaData group, long start, long length) {
    long at = group.getColumns().get(0).getStartingPos();
    return at >= start && at - start < length;
  }
}
