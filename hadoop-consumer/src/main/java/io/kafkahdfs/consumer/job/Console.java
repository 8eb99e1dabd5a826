package io.kafkahdfs.consumer.job;

import java.io.PrintStream;

/**
 * Where a command speaks: what it is asked for goes to {@code out}, all else to {@code err}.
 *
 * @param terminal whether somebody is watching {@code err}
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {
  void print(String text) {
    out.print(text);
    out.flush();
  }

  void warn(String message) {
    err.println("WARNING: " + message);
  }

  void error(String message) {
    message.lines().forEach(line -> err.println("ERROR: " + line));
  }
}
