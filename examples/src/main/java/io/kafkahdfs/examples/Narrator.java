package io.kafkahdfs.examples;

import java.io.PrintStream;
import java.util.stream.Stream;

/** Tells a story on the console: numbered chapters, and what happens in them. */
final class Narrator {
  private final PrintStream out;
  private int chapters;

  Narrator(PrintStream out) {
    this.out = out;
  }

  /** Begins the next chapter. */
  void chapter(String title) {
    chapters++;
    headline(chapters + ". " + title);
  }

  void headline(String text) {
    say("");
    say(text);
    say("─".repeat(text.length()));
  }

  /** Prints lines. */
  void say(String text) {
    try (Stream<String> lines = text.lines()) {
      lines.forEach(out::println);
    }
    if (text.isEmpty()) {
      out.println();
    }
  }
}
