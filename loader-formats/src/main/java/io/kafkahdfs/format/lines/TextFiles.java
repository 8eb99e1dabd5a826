package io.kafkahdfs.format.lines;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.kafkahdfs.format.io.HadoopCodec;
import io.kafkahdfs.format.io.PackedBlocks;
import io.kafkahdfs.format.io.Unpacked;
import io.kafkahdfs.format.spi.MissingLibraryException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.Lz4Codec;
import org.apache.hadoop.io.compress.SnappyCodec;
import org.apache.hadoop.io.compress.SplittableCompressionCodec;
import org.apache.hadoop.io.compress.ZStandardCodec;
import org.apache.hadoop.util.VersionInfo;
import org.tukaani.xz.XZInputStream;

/** Opens files of lines, which are compressed as the ending of their name says. */
public final class TextFiles {
  private static final String ZSTANDARD = ".zst";
  private static final String XZ = ".xz";
  private static final int PACKED_BYTES = 64 << 10;

  /** A file says itself how much memory it takes to unpack it. */
  private static final int MOST_XZ_KIB =
      (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 / 1024);

  /** What is compressed, though Hadoop has no codec for it by itself. */
  private static final List<String> FOREIGN =
      List.of(".lzo", ".lzo_deflate", ".lzma", ".lz", ".br", ".z", ".7z", ".rar", ".zip");

  /** The first Hadoop whose bzip2 files can be cut anywhere (HADOOP-18321). */
  private static final int CUTS_BZIP2 = 304;

  private final boolean kinds;
  private final Configuration configuration;
  private CompressionCodecFactory codecs;

  /**
   * @param kinds whether files that seem to be no text are refused
   */
  public TextFiles(boolean kinds, Configuration configuration) {
    this.kinds = kinds;
    this.configuration = configuration;
  }

  /** Made once, and only if it is needed: it makes all codecs. */
  private synchronized CompressionCodec codec(Path file) throws MissingLibraryException {
    if (codecs == null) {
      try {
        codecs = new CompressionCodecFactory(configuration);
      } catch (RuntimeException | LinkageError e) {
        throw new MissingLibraryException(
            "Text",
            "the codecs of io.compression.codecs",
            "Add the jar of the missing one with -libjars, or leave it out with -D"
                + " io.compression.codecs=...",
            e);
      }
    }
    return codecs.getCodec(file);
  }

  /**
   * The lines of a stretch.
   *
   * @throws io.kafkahdfs.format.spi.NoTextException if the file seems to be something else
   * @throws MissingLibraryException if it is compressed with something that cannot be read here
   */
  Lines open(Path file, long start, long length) throws IOException {
    if (!isCompressed(file)) {
      return PlainLines.stretch(file, start, length, kinds, configuration);
    }
    FileSystem fileSystem = file.getFileSystem(configuration);
    if (start == 0 && length >= fileSystem.getFileStatus(file).getLen()) {
      return PlainLines.all(unpacked(file), kinds);
    }
    if (start == 0 && kinds) {
      PlainLines.all(unpacked(file), kinds).close();
    }
    return new HadoopLines(file, start, length, configuration);
  }

  /** All bytes of a file, uncompressed. */
  InputStream content(Path file) throws IOException {
    return isCompressed(file) ? unpacked(file) : file.getFileSystem(configuration).open(file);
  }

  private boolean isCompressed(Path file) throws MissingLibraryException {
    String name = file.getName();
    if (codec(file) != null || name.endsWith(ZSTANDARD) || name.endsWith(XZ)) {
      return true;
    }
    for (String ending : kinds ? FOREIGN : List.<String>of()) {
      if (name.toLowerCase(java.util.Locale.ROOT).endsWith(ending)) {
        throw new MissingLibraryException(
            file.toString(),
            "what its ending " + ending + " stands for",
            "Unpack it, or set a codec for it in io.compression.codecs; if it is no compressed"
                + " file, set --any-bytes.",
            null);
      }
    }
    return false;
  }

  private InputStream unpacked(Path file) throws IOException {
    FSDataInputStream in = file.getFileSystem(configuration).open(file);
    try {
      CompressionCodec codec = codec(file);
      // Hadoop's own needs a native library that has it.
      if (codec instanceof ZStandardCodec || codec == null && file.getName().endsWith(ZSTANDARD)) {
        return new ZstdInputStreamNoFinalizer(in);
      }
      if (codec == null) {
        return new XZInputStream(in, MOST_XZ_KIB);
      }
      if (codec instanceof BZip2Codec) {
        // Hadoop's takes a file that ends within its header for an empty one.
        return new BZip2CompressorInputStream(new BufferedInputStream(in, PACKED_BYTES), true);
      }
      HadoopCodec.tried(file, codec);
      return codec instanceof SnappyCodec || codec instanceof Lz4Codec
          ? new PackedBlocks(codec, in)
          : new Unpacked(codec, in);
    } catch (LinkageError e) {
      in.close();
      throw new MissingLibraryException(
          file.toString(), "zstandard, xz or bzip2", "Unpack it first.", e);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Whether reading can begin in the middle of a file. */
  boolean isSplittable(Path file) throws MissingLibraryException {
    CompressionCodec codec = codec(file);
    return codec == null
        ? !file.getName().endsWith(ZSTANDARD) && !file.getName().endsWith(XZ)
        : codec instanceof SplittableCompressionCodec && version() >= CUTS_BZIP2;
  }

  private static int version() {
    String[] parts = VersionInfo.getVersion().split("[^0-9]+");
    return parts.length < 2 ? 0 : 100 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]);
  }
}
