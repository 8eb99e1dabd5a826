package io.kafkahdfs.format.sequence;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.io.FileBuffer;
import io.kafkahdfs.format.io.HadoopCodecs;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.SequenceFile.Writer;
import org.apache.hadoop.io.Text;

/**
 * SequenceFiles of keys and values, {@link BytesWritable} both, with a codec block by block. A null
 * key or value is an empty one; headers, offsets and timestamps are left out.
 */
final class SequenceEncoder implements RecordEncoder {
  /** How many bytes of records Hadoop compresses together. */
  private static final String BLOCK_BYTES = "io.seqfile.compress.blocksize";

  private final FileBuffer file;
  private final FSDataOutputStream stream;
  private final Writer writer;
  private final ValueBytes value = new ValueBytes();
  private byte[] key = new byte[256];
  private boolean closed;

  SequenceEncoder(NewFile target, WriteOptions options, Provenance provenance) throws IOException {
    Codec codec = options.codec();
    Configuration configuration = target.configuration();
    if (options.heldBytes() < configuration.getInt(BLOCK_BYTES, SequenceFormat.BLOCK_BYTES)) {
      configuration = new Configuration(configuration);
      configuration.setLong(BLOCK_BYTES, options.heldBytes());
    }
    file = new FileBuffer(target.stream());
    stream = new FSDataOutputStream(file, null);
    writer =
        SequenceFile.createWriter(
            configuration,
            Writer.stream(stream),
            Writer.keyClass(BytesWritable.class),
            Writer.valueClass(BytesWritable.class),
            // Always said: without it the cluster's configuration would decide.
            codec == Codec.NONE
                ? Writer.compression(CompressionType.NONE)
                : Writer.compression(CompressionType.BLOCK, HadoopCodecs.of(codec, configuration)),
            Writer.metadata(metadata(provenance)));
  }

  /** Raw, so that the value is copied once at most, and no Writable is filled for it. */
  @Override
  public void write(KafkaRecord record) throws IOException {
    ByteView keyBytes = record.key();
    int keyLength = Integer.BYTES + keyBytes.length();
    if (key.length < keyLength) {
      key = Arrays.copyOf(key, Math.max(keyLength, 2 * key.length));
    }
    putLength(key, keyBytes.length());
    System.arraycopy(keyBytes.array(), keyBytes.offset(), key, Integer.BYTES, keyBytes.length());
    value.bytes = record.value();
    writer.appendRaw(key, 0, keyLength, value);
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
    try (stream) {
      // Flushes the stream, but leaves it open: it was not opened by the writer.
      writer.close();
    }
  }

  private static SequenceFile.Metadata metadata(Provenance provenance) {
    TreeMap<Text, Text> entries = new TreeMap<>();
    for (Map.Entry<String, String> entry : provenance.entries().entrySet()) {
      entries.put(new Text(entry.getKey()), new Text(entry.getValue()));
    }
    return new SequenceFile.Metadata(entries);
  }

  private static void putLength(byte[] target, int length) {
    target[0] = (byte) (length >>> 24);
    target[1] = (byte) (length >>> 16);
    target[2] = (byte) (length >>> 8);
    target[3] = (byte) length;
  }

  /** A record's value, serialised as a BytesWritable: its length in four bytes, and its bytes. */
  private static final class ValueBytes implements SequenceFile.ValueBytes {
    private final byte[] length = new byte[Integer.BYTES];
    private ByteView bytes;

    @Override
    public int getSize() {
      return Integer.BYTES + bytes.length();
    }

    @Override
    public void writeUncompressedBytes(DataOutputStream out) throws IOException {
      putLength(length, bytes.length());
      out.write(length, 0, Integer.BYTES);
      out.write(bytes.array(), bytes.offset(), bytes.length());
    }

    /** Only files that are compressed record by record ask for this. */
    @Override
    public void writeCompressedBytes(DataOutputStream out) {
      throw new IllegalStateException("A single value is never compressed");
    }
  }
}
