package io.kafkahdfs.format.parquet;

import io.kafkahdfs.format.spi.MissingLibraryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.BadConfigurationException;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/** Unpacks pages, but not to more than their codec can have packed. */
final class CheckedCodecs implements CompressionCodecFactory {
  /** What a page is like that a sound file has. Larger ones are looked at more closely. */
  private static final int SMALL_PAGE_BYTES = 16 << 20;

  /** More than any codec makes of a byte; zstandard comes close with a page of one letter. */
  private static final int MOST_TIMES = 60_000;

  private final CompressionCodecFactory codecs;

  CheckedCodecs(Configuration configuration) {
    codecs = new CodecFactory(configuration, 0);
  }

  /**
   * @throws MissingLibraryException if pages of a file cannot be unpacked here
   */
  static void require(ParquetMetadata footer, Path file, CompressionCodecFactory codecs)
      throws MissingLibraryException {
    Set<CompressionCodecName> needed = EnumSet.noneOf(CompressionCodecName.class);
    for (BlockMetaData group : footer.getBlocks()) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        needed.add(chunk.getCodec());
      }
    }
    for (CompressionCodecName codec : needed) {
      try {
        codecs.getDecompressor(codec);
      } catch (BadConfigurationException | LinkageError e) {
        throw new MissingLibraryException(
            file.toString(),
            "the Parquet codec " + codec,
            "Add the jar of its library to Hadoop's class path or with -libjars, or write the file"
                + " anew with zstd, snappy or gzip.",
            e);
      }
    }
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return codecs.getCompressor(codec);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return new Checked(codecs.getDecompressor(codec));
  }

  @Override
  public void release() {
    codecs.release();
  }

  private record Checked(BytesInputDecompressor codec) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int unpackedSize) throws IOException {
      check(bytes.size(), unpackedSize);
      return codec.decompress(bytes, unpackedSize);
    }

    @Override
    public void decompress(ByteBuffer packed, int size, ByteBuffer unpacked, int unpackedSize)
        throws IOException {
      check(size, unpackedSize);
      codec.decompress(packed, size, unpacked, unpackedSize);
    }

    private static void check(long size, int unpackedSize) throws IOException {
      if (unpackedSize < 0 || unpackedSize > SMALL_PAGE_BYTES && unpackedSize / MOST_TIMES > size) {
        throw new IOException("a page of " + size + " bytes claims to unpack to " + unpackedSize);
      }
    }

    @Override
    public void release() {
      codec.release();
    }
  }
}
