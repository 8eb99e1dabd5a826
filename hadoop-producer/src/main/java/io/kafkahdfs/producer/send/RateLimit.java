package io.kafkahdfs.producer.send;

import io.kafkahdfs.producer.config.Rate;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Holds back a task that would send more than its share. Used by one thread. */
final class RateLimit {
  /** Shorter pauses are saved up: the clock of a pause is not finer. */
  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Optional<Rate> share;
  private final Clock clock;
  private long freeAt;

  /** Tells the time, and lets it pass. */
  interface Clock {
    /** Nanoseconds since some moment. */
    long nanos();

    void sleep(long nanos) throws InterruptedException;
  }

  private record TaskClock(LongSupplier time) implements Clock {
    @Override
    public long nanos() {
      return time.getAsLong();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(nanos);
    }
  }

  RateLimit(Optional<Rate> share, Clock clock) {
    this.share = share;
    this.clock = clock;
    this.freeAt = clock.nanos();
  }

  /**
   * @param nanos the clock
   */
  static RateLimit of(Optional<Rate> share, LongSupplier nanos) {
    return new RateLimit(share, new TaskClock(nanos));
  }

  /** How many nanoseconds {@link #acquire} would wait now. */
  long pause() {
    return share.isEmpty() ? 0 : Math.max(0, freeAt - clock.nanos());
  }

  /** Waits until a record of so many bytes may be sent. */
  void acquire(long bytes) throws InterruptedIOException {
    if (share.isEmpty()) {
      return;
    }
    long now = clock.nanos();
    if (freeAt - now > SHORTEST_PAUSE_NANOS) {
      try {
        clock.sleep(freeAt - now);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while held back by --max-rate");
      }
      now = clock.nanos();
    }
    double amount = share.get().ofRecords() ? 1 : bytes;
    // What was not used is lost, but for one pause: a burst would exceed the rate.
    freeAt = Math.max(freeAt, now - SHORTEST_PAUSE_NANOS);
    freeAt += (long) (amount / share.get().amount() * TimeUnit.SECONDS.toNanos(1));
  }
}
