package io.kafkahdfs.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happens in a simulation, step by step. */
public final class Trace {
  private final List<String> lines;
  private long fingerprint;

  Trace(boolean kept) {
    lines = kept ? new ArrayList<>() : null;
  }

  /**
   * Adds a line.
   *
   * @param who a process, or what else acts
   */
  public void note(String who, Object what) {
    if (lines != null) {
      lines.add(who + ": " + what);
    }
  }

  /** Adds a step. The words are only put together where they are kept. */
  void step(SimulatedProcess process, String verb, Object subject, Object outcome) {
    fingerprint = 31 * (31 * fingerprint + process.number()) + verb.hashCode();
    if (lines != null) {
      lines.add(process.name() + ": " + verb + " " + subject + outcome);
    }
  }

  /** Differs where what was done differs, in all likelihood. */
  public long fingerprint() {
    return fingerprint;
  }

  /** All lines; empty if they were not kept. */
  @Override
  public String toString() {
    return lines == null ? "" : String.join("\n", lines);
  }
}
