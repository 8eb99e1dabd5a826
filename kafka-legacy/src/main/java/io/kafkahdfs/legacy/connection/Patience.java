package io.kafkahdfs.legacy.connection;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Says how long to keep trying: for the time-out since something last succeeded. */
public final class Patience {
  private static final long FIRST_PAUSE_MS = 50;
  private static final long LONGEST_PAUSE_MS = 1000;

  private final Duration timeout;
  private long since = System.nanoTime();
  private long pauseMs = FIRST_PAUSE_MS;

  public Patience(Duration timeout) {
    this.timeout = timeout;
  }

  /** Starts anew. */
  public void succeeded() {
    since = System.nanoTime();
    pauseMs = FIRST_PAUSE_MS;
  }

  public boolean isExhausted() {
    return leftNanos() <= 0;
  }

  /** Waits before the next try, each time longer, but not beyond the time-out. */
  public void pause() throws InterruptedIOException {
    try {
      TimeUnit.NANOSECONDS.sleep(Math.min(leftNanos(), TimeUnit.MILLISECONDS.toNanos(pauseMs)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for Kafka");
    }
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }

  private long leftNanos() {
    return timeout.toNanos() - (System.nanoTime() - since);
  }
}
