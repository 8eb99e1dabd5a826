package io.kafkahdfs.format.spi;

import io.kafkahdfs.failure.LoaderException;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.charset.CharacterCodingException;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Tells a file that makes no sense from a file system that does not work. */
public final class FileFault {
  private FileFault() {}

  /**
   * Whether it is the file that is at fault. What readers say of bytes that make no sense is an
   * exception without a kind of its own; what file systems say of themselves has one. A closed file
   * system has none either, so it is asked.
   *
   * @param failure what reading the file ended with
   * @throws IOException if the file cannot be read at all now
   */
  public static boolean isOfTheFile(Exception failure, Path file, Configuration configuration)
      throws IOException {
    Throwable cause = failure;
    if (cause instanceof LoaderException) {
      // It has found its own words for something else, such as a registry that does not answer.
      return false;
    }
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (!(cause instanceof RuntimeException
        || cause instanceof EOFException
        || cause instanceof ZipException
        || cause instanceof DataFormatException
        || cause instanceof CharacterCodingException
        || cause instanceof CharConversionException
        || cause instanceof UTFDataFormatException
        || cause instanceof StackOverflowError
        || isOfALibrary(cause.getClass().getName())
        || cause.getClass() == IOException.class)) {
      return false;
    }
    try (FSDataInputStream in = file.getFileSystem(configuration).open(file)) {
      in.read();
    }
    return true;
  }

  /** By name: some of them may not be there. */
  private static boolean isOfALibrary(String exception) {
    return exception.startsWith("org.apache.avro.")
        || exception.startsWith("com.fasterxml.jackson.")
        || exception.startsWith("org.apache.parquet.")
        || exception.startsWith("shaded.parquet.")
        || exception.startsWith("org.apache.orc.")
        || exception.startsWith("com.google.protobuf.")
        || exception.startsWith("io.airlift.compress.")
        || exception.startsWith("org.tukaani.xz.")
        || exception.startsWith("com.github.luben.zstd.")
        || exception.startsWith("org.xerial.snappy.");
  }
}
