package io.kafkahdfs.format.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.Decompressor;

/** What a codec of Hadoop's unpacks; its decompressor is used again when this is closed. */
public final class Unpacked extends FilterInputStream {
  private Decompressor decompressor;

  /**
   * @param packed closed with this
   */
  public Unpacked(CompressionCodec codec, InputStream packed) throws IOException {
    this(codec, packed, CodecPool.getDecompressor(codec));
  }

  private Unpacked(CompressionCodec codec, InputStream packed, Decompressor decompressor)
      throws IOException {
    super(codec.createInputStream(packed, decompressor));
    this.decompressor = decompressor;
  }

  @Override
  public void close() throws IOException {
    super.close();
    CodecPool.returnDecompressor(decompressor);
    decompressor = null;
  }
}
