package io.kafkahdfs.format.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.hadoop.io.compress.SnappyCodec;

/**
 * What Hadoop's codecs for snappy and lz4 have written: blocks that begin with their size, and
 * consist of chunks that do so too. Hadoop's own stream takes whatever goes wrong while it reads a
 * size for the end of the file: a file that is cut short, and a DataNode that does not answer.
 */
public final class PackedBlocks extends InputStream {
  /** How much room Hadoop's decompressor has, and so what a chunk may unpack to. */
  private static final String SNAPPY_BYTES = "io.compression.codec.snappy.buffersize";

  private static final int SNAPPY_DEFAULT_BYTES = 256 << 10;

  private final InputStream in;
  private final boolean snappy;
  private final int snappyBytes;
  private final boolean pooled;
  private boolean damaged;
  private Decompressor decompressor;

  /** How many bytes of the block are still to come. */
  private long left;

  /**
   * @param in closed with this
   */
  public PackedBlocks(CompressionCodec codec, InputStream in) {
    this.in = in;
    snappy = codec instanceof SnappyCodec;
    Configuration configuration =
        codec instanceof Configurable configurable ? configurable.getConf() : null;
    snappyBytes =
        configuration == null
            ? SNAPPY_DEFAULT_BYTES
            : configuration.getInt(SNAPPY_BYTES, SNAPPY_DEFAULT_BYTES);
    // Those in the pool have the default's room: it does not tell them apart.
    pooled = snappyBytes == SNAPPY_DEFAULT_BYTES;
    decompressor = pooled ? CodecPool.getDecompressor(codec) : codec.createDecompressor();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    boolean failed = true;
    try {
      int read = unpack(into, offset, count);
      failed = false;
      return read;
    } finally {
      damaged |= failed;
    }
  }

  private int unpack(byte[] into, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    while (left == 0) {
      byte[] size = in.readNBytes(Integer.BYTES);
      if (size.length == 0) {
        return -1;
      }
      left = number(size);
    }
    int unpacked = decompressor.decompress(into, offset, (int) Math.min(count, left));
    while (unpacked == 0) {
      nextChunk();
      unpacked = decompressor.decompress(into, offset, (int) Math.min(count, left));
    }
    left -= unpacked;
    return unpacked;
  }

  private void nextChunk() throws IOException {
    int size = number(in.readNBytes(Integer.BYTES));
    byte[] chunk = in.readNBytes(size);
    if (chunk.length < size) {
      throw new EOFException("a compressed block is cut short");
    }
    if (size == 0) {
      throw new IOException("a compressed block has an empty chunk");
    }
    if (snappy) {
      checkSnappy(chunk);
    }
    decompressor.reset();
    decompressor.setInput(chunk, 0, size);
  }

  /** What is compressed with snappy begins with its size, and is written without a look at it. */
  private void checkSnappy(byte[] chunk) throws IOException {
    long size = 0;
    for (int i = 0; i < chunk.length && i < 5; i++) {
      size |= (chunk[i] & 0x7fL) << 7 * i;
      if (chunk[i] >= 0) {
        if (size > left || size > snappyBytes) {
          break;
        }
        return;
      }
    }
    throw new IOException("a chunk of a compressed block claims to unpack to " + size + " bytes");
  }

  private static int number(byte[] bytes) throws IOException {
    if (bytes.length < Integer.BYTES) {
      throw new EOFException("a compressed block is cut short");
    }
    int number =
        bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    if (number < 0) {
      throw new IOException("a compressed block has a size of " + number);
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    // One that has met damage is not what it was: Hadoop's for snappy fails at sound data then.
    if (pooled && !damaged) {
      CodecPool.returnDecompressor(decompressor);
    } else if (decompressor != null) {
      decompressor.end();
    }
    decompressor = null;
    in.close();
  }
}
