package io.kafkahdfs.format.io;

import io.kafkahdfs.failure.Quoted;

/** What a library says of a file that makes no sense, fit for a message. */
public final class Reason {
  private static final int MOST = 300;

  private Reason() {}

  /** A name that a file has in it, which may be anything if the file is damaged. */
  public static String name(String name) {
    return name.matches("[\\w.$-]{1,200}") ? name : Quoted.text(name);
  }

  /** On one line, and not too long: some put all that they have read into their message. */
  public static String of(Throwable e) {
    if (e instanceof StackOverflowError) {
      return "things are within things without end";
    }
    if (e instanceof NullPointerException) {
      return "something is missing in it";
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    String line = message.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > MOST ? line.substring(0, MOST) + "..." : line;
  }
}
