package io.kafkahdfs.failure;

import java.io.IOException;

/**
 * A failure whose message is written for the user: it says what is wrong, with the value, and the
 * way out. It carries the exit code of the command that it ends. An {@link IOException}, so that it
 * passes through Hadoop's interfaces as it is.
 */
public class LoaderException extends IOException {
  private final ExitCode exitCode;

  public LoaderException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public LoaderException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public final ExitCode exitCode() {
    return exitCode;
  }
}
