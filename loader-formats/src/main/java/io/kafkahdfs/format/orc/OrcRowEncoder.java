package io.kafkahdfs.format.orc;

import io.kafkahdfs.format.io.FileBuffer;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.RowEncoder;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.CompressionKind;
import org.apache.orc.MemoryManager;
import org.apache.orc.OrcConf;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.orc.impl.PhysicalFsWriter;
import org.apache.orc.impl.WriterImpl;
import org.apache.orc.impl.writer.WriterEncryptionVariant;

/** Writes rows into an ORC file, which holds back a stripe. */
final class OrcRowEncoder implements RowEncoder {
  /** A batch with more bytes than this is passed on though it has room for more rows. */
  private static final long BATCH_BYTES = 1 << 20;

  private final FileBuffer file;
  private final NestedColumns.Struct columns;
  private final Writer writer;
  private final VectorizedRowBatch batch;
  private final long mostBatchBytes;
  private long batchBytes;
  private boolean closed;

  OrcRowEncoder(
      OutputStream out,
      Configuration configuration,
      WriteOptions options,
      Schema schema,
      Map<String, String> metadata)
      throws IOException {
    file = new FileBuffer(out);
    columns = (NestedColumns.Struct) OrcColumn.of(schema);
    TypeDescription type = columns.type();
    Configuration configured = new Configuration(configuration);
    // After each batch: rows may suddenly be a thousand times as large.
    OrcConf.ROWS_BETWEEN_CHECKS.setLong(configured, 1);
    OrcFile.WriterOptions written =
        OrcFile.writerOptions(configured)
            .setSchema(type)
            .compress(codec(options.codec()))
            .stripeSize(OrcFormat.stripeBytes(configuration, options))
            .blockPadding(false)
            .useUTCTimestamp(true)
            .setProlepticGregorian(true)
            .memory(new Alone());
    written.physicalWriter(
        new PhysicalFsWriter(
            new FSDataOutputStream(file, null), written, new WriterEncryptionVariant[0]));
    writer = new WriterImpl(null, new Path("rows.orc"), written);
    writer.addUserMetadata(OrcRows.SCHEMA_KEY, utf8(schema.toString()));
    metadata.forEach((key, value) -> writer.addUserMetadata(key, utf8(value)));
    mostBatchBytes = Math.min(BATCH_BYTES, options.heldBytes() / 4);
    batch = type.createRowBatch(OrcConf.ROW_BATCH_SIZE.getInt(configured));
    Calendars.proleptic(List.of(batch.cols));
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void write(IndexedRecord row) throws IOException {
    columns.put(batch.cols, batch.size, row);
    batch.size++;
    batchBytes += columns.bytes(row);
    if (batch.size == batch.getMaxSize() || batchBytes >= mostBatchBytes) {
      passOn();
    }
  }

  private void passOn() throws IOException {
    if (batch.size > 0) {
      writer.addRowBatch(batch);
      batch.reset();
      batchBytes = 0;
    }
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
      passOn();
      writer.close();
    }
  }

  private static CompressionKind codec(Codec codec) {
    return switch (codec) {
      case NONE -> CompressionKind.NONE;
      case SNAPPY -> CompressionKind.SNAPPY;
      case DEFLATE -> CompressionKind.ZLIB;
      case ZSTANDARD -> CompressionKind.ZSTD;
      case GZIP, BZIP2 ->
          throw new IllegalArgumentException("ORC files are not compressed with " + codec);
    };
  }

  /**
   * Gives each writer what it asks for. ORC's own one remembers the writers of a thread, also those
   * that were given up, and how many files are open is decided elsewhere.
   */
  private static final class Alone implements MemoryManager {
    @Override
    public void addWriter(Path path, long bytes, Callback callback) {}

    @Override
    public void removeWriter(Path path) {}

    @Override
    @Deprecated
    public void addedRow(int rows) {}

    @Override
    public long checkMemory(long allocation, Callback writer) {
      return allocation;
    }
  }
}
