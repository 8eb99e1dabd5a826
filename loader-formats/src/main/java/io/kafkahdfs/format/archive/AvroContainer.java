package io.kafkahdfs.format.archive;

import io.kafkahdfs.format.io.FileBuffer;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.DatumWriter;

/** An Avro object container file that is being written. */
abstract class AvroContainer<T> implements Closeable {
  /** Bytes of records in a block. Snappy is a tenth faster on 1 MiB than on Avro's 64 KB. */
  static final int BLOCK_BYTES = 1 << 20;

  /** Smaller blocks would be hardly compressed. */
  private static final int FEWEST_BYTES = 16 << 10;

  private final FileBuffer file;
  private final DataFileWriter<T> writer;
  private boolean closed;

  AvroContainer(
      OutputStream out,
      WriteOptions options,
      Schema schema,
      DatumWriter<T> records,
      Map<String, String> metadata)
      throws IOException {
    file = new FileBuffer(out);
    writer = new DataFileWriter<>(records);
    writer.setCodec(codec(options.codec()));
    writer.setSyncInterval(
        (int) Math.max(FEWEST_BYTES, Math.min(BLOCK_BYTES, options.heldBytes())));
    writer.setFlushOnEveryBlock(false);
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      writer.setMeta(entry.getKey(), entry.getValue());
    }
    writer.create(schema, file);
  }

  /** Appends a record; nothing of it is kept. */
  public final void write(T record) throws IOException {
    writer.append(record);
  }

  /** The bytes of the blocks that are full. */
  public final long bytes() {
    return file.count();
  }

  @Override
  public final void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (file) {
      writer.close();
    }
  }

  private static CodecFactory codec(Codec codec) {
    return switch (codec) {
      case NONE -> CodecFactory.nullCodec();
      case SNAPPY -> CodecFactory.snappyCodec();
      case DEFLATE -> CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL);
      case ZSTANDARD -> CodecFactory.zstandardCodec(CodecFactory.DEFAULT_ZSTANDARD_LEVEL);
      case GZIP, BZIP2 ->
          throw new IllegalArgumentException("Avro files are not compressed with " + codec);
    };
  }
}
