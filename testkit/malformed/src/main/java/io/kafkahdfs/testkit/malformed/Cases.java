package io.kafkahdfs.testkit.malformed;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a parser on many cases, each made of a seed of its own, and fails with that seed if one ends
 * with what it should not, does not end, or takes more memory than its input can explain.
 *
 * <p>{@code -Dmalformed.factor=100} runs a hundred times as many; {@code -Dmalformed.seed=N} runs
 * the case with the seed N alone.
 */
public final class Cases {
  /** How long a case may take: long, since the machine may be busy; what hangs is found anyway. */
  private static final long HANGS_AFTER_MILLIS = 120_000;

  /** How much a case may allocate, all that the test itself does for it included. */
  private static final long MOST_BYTES = 64L << 20;

  private static final long FACTOR = Long.getLong("malformed.factor", 1);

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final AtomicLong at = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final long mostBytes;
  private final Case check;

  private Cases(long mostBytes, Case check) {
    this.mostBytes = mostBytes;
    this.check = check;
  }

  /** What is done with one case. Throws what a test throws. */
  @FunctionalInterface
  public interface Case {
    void run(Random random) throws Exception;
  }

  /**
   * @param count how many cases there are, times the factor
   */
  public static void run(int count, Case check) {
    run(count, MOST_BYTES, check);
  }

  /**
   * The same, whatever a case allocates: for what is sound and large, and for what a library reads
   * that makes room as it is told.
   */
  public static void runAllocating(int count, Case check) {
    run(count, Long.MAX_VALUE, check);
  }

  private static void run(int count, long mostBytes, Case check) {
    Long seed = Long.getLong("malformed.seed");
    if (seed != null) {
      new Cases(mostBytes, check).runAll(seed, seed + 1);
    } else {
      new Cases(mostBytes, check).runAll(0, count * FACTOR);
    }
  }

  private void runAll(long from, long until) {
    at.set(from);
    Thread thread = new Thread(() -> work(until), "malformed cases");
    thread.setDaemon(true);
    thread.start();
    long seen = -1;
    try {
      while (thread.isAlive()) {
        thread.join(HANGS_AFTER_MILLIS);
        if (thread.isAlive() && at.get() == seen) {
          AssertionError hangs = new AssertionError(which() + " does not end");
          hangs.setStackTrace(thread.getStackTrace());
          throw hangs;
        }
        seen = at.get();
      }
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
    if (failure.get() != null) {
      throw new AssertionError(which() + ": " + failure.get(), failure.get());
    }
  }

  private String which() {
    return "The case of -Dmalformed.seed=" + at.get();
  }

  private void work(long until) {
    long thread = Thread.currentThread().getId();
    try {
      for (; at.get() < until; at.incrementAndGet()) {
        long before = threads.getThreadAllocatedBytes(thread);
        check.run(new Random(at.get() * 0x9E3779B97F4A7C15L));
        long taken = threads.getThreadAllocatedBytes(thread) - before;
        if (taken > mostBytes) {
          throw new AssertionError("It allocates " + taken + " bytes");
        }
      }
    } catch (Throwable e) {
      failure.set(e);
    }
  }
}
