package io.kafkahdfs.format.spi;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;

/**
 * A file may be sound, but what would read it is not there, or is not known. It is no fault of the
 * file, so nothing that is said of bad input covers it.
 */
public final class MissingLibraryException extends LoaderException {
  /**
   * @param file the file's path
   * @param codec what it is compressed with
   * @param wayOut a sentence
   */
  public MissingLibraryException(String file, String codec, String wayOut, Throwable cause) {
    super(
        ExitCode.FAILURE,
        file
            + " is compressed with "
            + codec
            + ", which cannot be read here"
            + (cause == null ? "" : " (" + reason(cause) + ")")
            + ". "
            + wayOut,
        cause);
  }

  /** A class is not there that reading a file needs. */
  public MissingLibraryException(String file, LinkageError cause) {
    this(
        file,
        "a codec",
        "Add the jar of its library to Hadoop's class path or with -libjars, or write the file anew"
            + " with another codec.",
        cause);
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null || cause instanceof LinkageError
        ? cause.toString()
        : message.lines().findFirst().orElse("");
  }
}
