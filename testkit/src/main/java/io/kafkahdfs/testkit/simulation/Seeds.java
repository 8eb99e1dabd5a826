package io.kafkahdfs.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Tries many histories, one for each seed, and says which seed makes one that must not be.
 *
 * <p>{@code -Dsimulation.seeds=N} sets how many are tried, {@code -Dsimulation.from=SEED} the first
 * one. {@code -Dsimulation.seed=SEED} tries one alone, and prints what happens in it, step by step.
 */
public final class Seeds {
  /** How many lines of a history are shown with its failure. */
  private static final int LINES = 150;

  private Seeds() {}

  /** A history that can be run once. */
  public interface History {
    Simulation simulation();

    /**
     * @throws AssertionError if something happens that must not
     */
    void run();
  }

  /** Makes a history. */
  @FunctionalInterface
  public interface Maker {
    /**
     * @param traced whether to keep what happens
     */
    History make(long seed, boolean traced);
  }

  /**
   * Tries as many as the system properties ask for.
   *
   * @param usually how many, if they do not say
   * @throws AssertionError for the lowest seed that was found to fail, with the end of its history
   */
  public static void tryAll(Maker maker, long usually) {
    Long one = Long.getLong("simulation.seed");
    if (one != null) {
      History history = maker.make(one, true);
      try {
        history.run();
      } finally {
        System.out.println(history.simulation().trace());
      }
      return;
    }
    long from = Long.getLong("simulation.from", 0);
    OptionalLong failing =
        firstFailing(maker, from, from + Long.getLong("simulation.seeds", usually));
    if (failing.isPresent()) {
      throw failure(maker, failing.getAsLong());
    }
  }

  /** The lowest seed of a range that was found to fail, if any; it looks no further than that. */
  public static OptionalLong firstFailing(Maker maker, long from, long until) {
    AtomicLong next = new AtomicLong(from);
    AtomicLong failing = new AtomicLong(Long.MAX_VALUE);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread thread = new Thread(() -> tryNext(maker, next, until, failing), "seeds-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return LongStream.of(failing.get()).filter(seed -> seed != Long.MAX_VALUE).findAny();
  }

  private static void tryNext(Maker maker, AtomicLong next, long until, AtomicLong failing) {
    long seed = next.getAndIncrement();
    while (seed < until && seed < failing.get()) {
      try {
        maker.make(seed, false).run();
      } catch (AssertionError e) {
        failing.accumulateAndGet(seed, Math::min);
      }
      seed = next.getAndIncrement();
    }
  }

  private static AssertionError failure(Maker maker, long seed) {
    History history = maker.make(seed, true);
    AssertionError failure = null;
    try {
      history.run();
    } catch (AssertionError e) {
      failure = e;
    }
    String what = failure == null ? "not when it is tried again" : failure.getMessage();
    List<String> lines = history.simulation().trace().toString().lines().toList();
    return new AssertionError(
        "Seed "
            + seed
            + " fails: "
            + what
            + "\nTo run it alone: -Dsimulation.seed="
            + seed
            + "\nIts last steps:\n"
            + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size())),
        failure);
  }
}
