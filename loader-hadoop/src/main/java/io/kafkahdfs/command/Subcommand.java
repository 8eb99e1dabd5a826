package io.kafkahdfs.command;

import io.kafkahdfs.failure.ExitCode;
import java.io.IOException;

/** One of the things that a program can do. */
public interface Subcommand {
  /** Its name and options. */
  SettingsCommandLine commandLine();

  /**
   * Does it.
   *
   * @throws io.kafkahdfs.failure.LoaderException if it fails; the message and the exit code are the
   *     user's
   * @throws IOException if the file system or the cluster fails
   */
  ExitCode run(Invocation invocation) throws IOException, InterruptedException;
}
