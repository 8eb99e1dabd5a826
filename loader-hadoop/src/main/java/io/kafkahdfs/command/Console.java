package io.kafkahdfs.command;

import io.kafkahdfs.state.Json;
import java.io.PrintStream;
import java.util.function.Supplier;

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

  /**
   * Prints an answer for programs or for people.
   *
   * @param json whether a program asks
   * @param value what is printed as JSON
   * @param text what is printed else
   */
  public void answer(boolean json, Object value, Supplier<String> text) {
    print(json ? Json.writeText(value) : text.get());
  }

  public void warn(String message) {
    err.println("WARNING: " + message);
  }

  public void error(String message) {
    message.lines().forEach(line -> err.println("ERROR: " + line));
  }
}
