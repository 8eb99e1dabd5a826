package io.kafkahdfs.consumer.encode;

import io.kafkahdfs.archive.ArchiveSchema;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.hadoop.conf.Configuration;

/** Avro object container files of {@link ArchiveSchema}: the format that loses nothing. */
final class AvroEncoder implements RecordEncoder {
  /** Bytes of records in a block. Snappy is a tenth faster on 1 MiB than on Avro's 64 KB. */
  private static final int BLOCK_BYTES = 1 << 20;

  private final FileBuffer file;
  private final DataFileWriter<KafkaRecord> writer;
  private boolean closed;

  AvroEncoder(
      OutputStream out, EncodeSettings settings, Configuration configuration, PartitionId partition)
      throws IOException {
    file = new FileBuffer(out);
    writer = new DataFileWriter<>(new ArchiveDatumWriter(partition));
    writer.setCodec(codec(settings.codec()));
    writer.setSyncInterval(BLOCK_BYTES);
    writer.setFlushOnEveryBlock(false);
    for (Map.Entry<String, String> entry : Provenance.of(partition).entrySet()) {
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
