package io.kafkahdfs.command;

import java.io.PrintStream;

/**
 * Where a command speaks: what it is asked for goes to {@code out}, all else to {@code err}.
 *
 * @param terminal whether somebody is watching {@code err}
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {
  public void print(String text) {
    out.print(text);
    out.flush();
  }

  public void warn(String message) {
    err.println("WARNING: " + message);
  }

  public void error(String message) {
    message.lines().forEach(line -> err.println("ERROR: " + line));
  }
}
