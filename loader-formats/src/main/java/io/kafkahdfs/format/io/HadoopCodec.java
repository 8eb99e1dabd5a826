package io.kafkahdfs.format.io;

import io.kafkahdfs.format.spi.MissingLibraryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.hadoop.util.ReflectionUtils;

/** Finds out whether Hadoop's codecs work here, before a file is opened with one. */
public final class HadoopCodec {
  private static final String WAY_OUT =
      "Add the jar of its library with -libjars, or the native library of Hadoop on the machines"
          + " of the cluster, or write the file anew with a codec that needs none (bzip2,"
          + " deflate).";

  private HadoopCodec() {}

  /**
   * Tries a codec by the name of its class.
   *
   * @return the codec
   * @throws MissingLibraryException if it is not there or does not work
   */
  public static CompressionCodec tried(Path file, String name, Configuration configuration)
      throws MissingLibraryException {
    CompressionCodec codec;
    try {
      codec =
          ReflectionUtils.newInstance(
              configuration.getClassByName(name).asSubclass(CompressionCodec.class), configuration);
    } catch (ClassNotFoundException | RuntimeException | LinkageError e) {
      throw missing(file, name, e);
    }
    return tried(file, codec);
  }

  /**
   * Tries a codec.
   *
   * @return the same
   * @throws MissingLibraryException if it does not work
   */
  public static CompressionCodec tried(Path file, CompressionCodec codec)
      throws MissingLibraryException {
    Decompressor decompressor = null;
    try {
      decompressor = CodecPool.getDecompressor(codec);
      codec.createInputStream(new ByteArrayInputStream(new byte[0]), decompressor).close();
    } catch (IOException e) {
      // It works: what it has to say is that nothing is not what it expects.
      return codec;
    } catch (RuntimeException | LinkageError e) {
      throw missing(file, codec.getClass().getName(), e);
    } finally {
      CodecPool.returnDecompressor(decompressor);
    }
    return codec;
  }

  private static MissingLibraryException missing(Path file, String codec, Throwable cause) {
    return new MissingLibraryException(file.toString(), Reason.name(codec), WAY_OUT, cause);
  }
}
