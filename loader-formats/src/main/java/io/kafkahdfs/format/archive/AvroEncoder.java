package io.kafkahdfs.format.archive;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.io.FileBuffer;
import io.kafkahdfs.format.rows.ArchiveSchema;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;

/** Avro object container files of {@link ArchiveSchema}: the format that loses nothing. */
final class AvroEncoder implements RecordEncoder {
  /** Bytes of records in a block. Snappy is a tenth faster on 1 MiB than on Avro's 64 KB. */
  static final int BLOCK_BYTES = 1 << 20;

  /** Smaller blocks would be hardly compressed. */
  private static final int FEWEST_BYTES = 16 << 10;

  private final FileBuffer file;
  private final DataFileWriter<KafkaRecord> writer;
  private boolean closed;

  AvroEncoder(OutputStream out, WriteOptions options, Provenance provenance) throws IOException {
    file = new FileBuffer(out);
    writer = new DataFileWriter<>(new ArchiveDatumWriter());
    writer.setCodec(codec(options.codec()));
    writer.setSyncInterval(
        (int) Math.max(FEWEST_BYTES, Math.min(BLOCK_BYTES, options.heldBytes())));
    writer.setFlushOnEveryBlock(false);
    for (Map.Entry<String, String> entry : provenance.entries().entrySet()) {
      writer.setMeta(entry.getKey(), entry.getValue());
    }
    writer.create(ArchiveSchema.schema(), file);
  }

  @Override
  public void write(KafkaRecord record) throws IOException {
    writer.append(record);
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
