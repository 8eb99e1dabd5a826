package io.kafkahdfs.format.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.Decompressor;

/**
 * What Hadoop's codecs for snappy and lz4 have written: blocks that begin with their size, and
 * consist of chunks that do so too. Hadoop's own stream takes whatever goes wrong while it reads a
 * size for the end of the file: a file that is cut short, and a DataNode that does not answer.
 */
public final class PackedBlocks extends InputStream {
  private final InputStream in;
  private Decompressor decompressor;

  /** How many bytes of the block are still to come. */
  private long left;

  /**
   * @param in closed with this
   */
  public PackedBlocks(CompressionCodec codec, InputStream in) {
    this.in = in;
    decompressor = CodecPool.getDecompressor(codec);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
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
    decompressor.reset();
    decompressor.setInput(chunk, 0, size);
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
    CodecPool.returnDecompressor(decompressor);
    decompressor = null;
    in.close();
  }
}
