package io.kafkahdfs.format.parquet;

import io.kafkahdfs.format.io.FileBuffer;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.RowEncoder;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** Writes rows into a Parquet file, which holds back a row group. */
final class ParquetRowEncoder implements RowEncoder {
  /**
   * After how many rows at the latest the size of pages and of the row group is looked at. Parquet
   * guesses from the rows before, and rows may suddenly be a thousand times as large.
   */
  private static final int ROWS_BETWEEN_LOOKS = 10;

  /**
   * A sixteenth of Parquet's own. Columns whose values hardly come twice took half of the time that
   * a file costs: each value was looked for among those before until a dictionary of 1 MiB was
   * full, and then all were written anew without it.
   */
  private static final int DICTIONARY_BYTES = 64 << 10;

  private final FileBuffer file;
  private final ParquetWriter<IndexedRecord> writer;
  private boolean closed;

  ParquetRowEncoder(
      OutputStream out,
      Configuration configuration,
      WriteOptions options,
      Schema schema,
      Map<String, String> metadata)
      throws IOException {
    file = new FileBuffer(out);
    long rowGroupBytes = ParquetFormat.rowGroupBytes(configuration, options);
    // A buffer of a page's size is there from the beginning, and a page is never larger than its
    // row
    // group.
    int pageBytes = (int) Math.min(ParquetWriter.DEFAULT_PAGE_SIZE, rowGroupBytes);
    AvroParquetWriter.Builder<IndexedRecord> builder =
        AvroParquetWriter.<IndexedRecord>builder(new Target(file))
            .withSchema(schema)
            .withDataModel(new GenericData())
            .withConf(configuration)
            .withCompressionCodec(codec(options.codec()))
            .withRowGroupSize(rowGroupBytes)
            .withPageSize(configuration.getInt(ParquetOutputFormat.PAGE_SIZE, pageBytes))
            .withDictionaryPageSize(
                configuration.getInt(ParquetOutputFormat.DICTIONARY_PAGE_SIZE, DICTIONARY_BYTES))
            .withMinRowCountForPageSizeCheck(1)
            .withMaxRowCountForPageSizeCheck(ROWS_BETWEEN_LOOKS)
            .withExtraMetaData(metadata);
    for (Schema.Field field : schema.getFields()) {
      if (isOpaque(field.schema())) {
        builder.withDictionaryEncoding(field.name(), false);
        builder.withStatisticsEnabled(field.name(), false);
      }
    }
    writer = builder.build();
  }

  /**
   * Whole messages, of which hardly one is like another: a dictionary would hold copies of them,
   * and the smallest and the largest of a page and a row group would be kept for nobody.
   */
  private static boolean isOpaque(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        ? schema.getTypes().stream().anyMatch(ParquetRowEncoder::isOpaque)
        : schema.getType() == Schema.Type.BYTES && schema.getLogicalType() == null;
  }

  @Override
  public void write(IndexedRecord row) throws IOException {
    writer.write(row);
  }

  @Override
  public long bytes() {
    return file.count();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (file) {
      writer.close();
    }
  }

  private static CompressionCodecName codec(Codec codec) {
    return switch (codec) {
      case NONE -> CompressionCodecName.UNCOMPRESSED;
      case SNAPPY -> CompressionCodecName.SNAPPY;
      case GZIP -> CompressionCodecName.GZIP;
      case ZSTANDARD -> CompressionCodecName.ZSTD;
      case DEFLATE, BZIP2 ->
          throw new IllegalArgumentException("Parquet files are not compressed with " + codec);
    };
  }

  /** A file that is begun already. */
  private record Target(FileBuffer file) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSize) {
      return new PositionOutputStream() {
        @Override
        public long getPos() {
          return file.count();
        }

        @Override
        public void write(int b) throws IOException {
          file.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          file.write(bytes, offset, length);
        }

        @Override
        public void flush() {
          // Parquet flushes row groups; nobody reads the file before it is finished.
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
