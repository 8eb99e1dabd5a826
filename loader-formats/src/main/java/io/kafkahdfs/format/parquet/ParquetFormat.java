package io.kafkahdfs.format.parquet;

import io.kafkahdfs.format.rows.RowFileFormat;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.WriteOptions;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetOutputFormat;

/** Parquet files: what warehouses query. */
public final class ParquetFormat extends RowFileFormat {
  /**
   * Less than Parquet's own 128 MB, since a task may have many files open. Row groups that are
   * larger than this do not compress better, and readers lose little below it.
   */
  private static final long DEFAULT_ROW_GROUP_BYTES = 16L << 20;

  public ParquetFormat() {
    super(new ParquetRows());
  }

  @Override
  public List<Codec> codecs() {
    return List.of(Codec.ZSTANDARD, Codec.SNAPPY, Codec.GZIP, Codec.NONE);
  }

  /** The codec stands in the file. */
  @Override
  public String extension(Codec codec) {
    return ".parquet";
  }

  @Override
  protected String name() {
    return "Parquet";
  }

  /** Beside the row group there are the page that is filled, dictionaries, and what packs them. */
  @Override
  public long lagBytes(Configuration configuration) {
    return rowGroupBytes(configuration) * 3 / 2;
  }

  /** How large those of a file get, which may hold back less than others. */
  static long rowGroupBytes(Configuration configuration, WriteOptions options) {
    return smaller(rowGroupBytes(configuration), options);
  }

  /** How large row groups get, compressed. */
  private static long rowGroupBytes(Configuration configuration) {
    return configuration.getLong(ParquetOutputFormat.BLOCK_SIZE, DEFAULT_ROW_GROUP_BYTES);
  }
}
