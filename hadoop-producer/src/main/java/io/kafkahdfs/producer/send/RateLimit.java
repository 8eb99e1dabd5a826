package io.kafkahdfs.producer.send;

import io.kafkahdfs.producer.config.Rate;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Holds back a task that would send more than its share. Used by one thread. */
final class RateLimit {
  /** Shorter pauses are saved up: the clock of a pause is not finer. */
  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Optional<Rate> share;
  private long freeAt = System.nanoTime();

  RateLimit(Optional<Rate> share) {
    this.share = share;
  }

  /** How many nanoseconds {@link #acquire} would wait now. */
  long pause() {
    return share.isEmpty() ? 0 : Math.max(0, freeAt - System.nanoTime());
  }

  /** Waits until a record of so many bytes may be sent. */
  void acquire(long bytes) throws InterruptedIOException {
    if (share.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    if (freeAt - now > SHORTEST_PAUSE_NANOS) {
      try {
        TimeUnit.NANOSECONDS.sleep(freeAt - now);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while held back by --max-rate");
      }
      now = System.nanoTime();
    }
    double amount = share.get().ofRecords() ? 1 : bytes;
    // What was not used is lost, but for one pause: a burst would exceed the rate.
    freeAt = Math.max(freeAt, now - SHORTEST_PAUSE_NANOS);
    freeAt += (long) (amount / share.get().amount() * TimeUnit.SECONDS.toNanos(1));
  }
}
