package io.kafkahdfs.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows how far long work has come: on a terminal one line that is written anew, in a log a plain
 * line now and then. Used by one thread.
 */
public final class Progress {
  private static final Duration TERMINAL_INTERVAL = Duration.ofMillis(200);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final PrintStream out;
  private final boolean terminal;
  private final long expectedRecords;
  private final LongSupplier nanoTime;
  private final long started;
  private long lastShown;
  private int lineLength;

  /**
   * @param terminal whether a line can be written anew
   * @param expectedRecords how many records the whole work has, at most
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  public Progress(PrintStream out, boolean terminal, long expectedRecords, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.expectedRecords = expectedRecords;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.lastShown = started;
  }

  /** Whether enough time has passed to show something again. */
  public boolean isDue() {
    Duration interval = terminal ? TERMINAL_INTERVAL : LOG_INTERVAL;
    return nanoTime.getAsLong() - lastShown >= interval.toNanos();
  }

  /** Tells how far the work is; shown if {@link #isDue}. */
  public void update(long records, long bytes) {
    if (!isDue()) {
      return;
    }
    long now = nanoTime.getAsLong();
    lastShown = now;
    String line = line(records, bytes, Duration.ofNanos(now - started));
    if (terminal) {
      out.print('\r' + line + " ".repeat(Math.max(0, lineLength - line.length())));
      lineLength = line.length();
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Removes the line from a terminal: what is printed next takes its place. */
  public void clear() {
    if (lineLength > 0) {
      out.print('\r' + " ".repeat(lineLength) + '\r');
      out.flush();
      lineLength = 0;
    }
  }

  private String line(long records, long bytes, Duration elapsed) {
    double seconds = Math.max(0.001, elapsed.toNanos() / 1e9);
    StringBuilder line = new StringBuilder();
    if (expectedRecords > 0) {
      line.append(Math.min(100, records * 100 / expectedRecords)).append("%  ");
    }
    line.append(Amounts.count(records)).append(" records  ").append(Amounts.bytes(bytes));
    line.append("  ").append(Amounts.count((long) (records / seconds))).append(" records/s  ");
    line.append(Amounts.bytes(bytes / seconds)).append("/s");
    if (records > 0 && records < expectedRecords) {
      double left = seconds * (expectedRecords - records) / records;
      line.append("  ").append(Amounts.span(Duration.ofMillis((long) (left * 1000))));
      line.append(" left");
    }
    return line.toString();
  }
}
