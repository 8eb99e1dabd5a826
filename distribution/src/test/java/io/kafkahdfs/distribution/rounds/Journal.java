package io.kafkahdfs.distribution.rounds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened, in order, for people; how often; and what must not have happened. */
final class Journal {
  /** One fault can break a promise for every record. */
  private static final int MOST_FINDINGS = 30;

  private final long began = System.nanoTime();
  private final Path file;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();

  /**
   * An empty one.
   *
   * @param file where it is written, beside standard output
   */
  Journal(Path file) throws IOException {
    this.file = file;
    Files.deleteIfExists(file);
  }

  synchronized void say(String what) {
    String line = "%7.1f s  %s%n".formatted((System.nanoTime() - began) / 1e9, what);
    System.out.print(line);
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One more of a kind. */
  synchronized void count(String kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  /** A promise that is broken. */
  synchronized void finding(String what) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(what);
      say("BROKEN: " + what);
    }
  }

  synchronized List<String> findings() {
    return List.copyOf(findings);
  }

  synchronized Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }
}
