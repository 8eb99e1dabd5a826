package io.kafkahdfs.run;

import io.kafkahdfs.config.Rate;
import io.kafkahdfs.config.RateTable;
import java.io.InterruptedIOException;
import java.time.LocalTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Holds back a task that would do more than its share. Used by one thread. */
public final class RateLimit {
  /** Shorter pauses are saved up: the clock of a pause is not finer. */
  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** So often it is looked which rate holds. */
  private static final long LOOKED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Optional<RateTable> shares;
  private final Clock clock;

  /** The rate that holds; null if there is none. */
  private Rate rate;

  /** How much of it was done too early; less than 0 if a little more may be done. */
  private double debt;

  private long last;
  private long looked;

  /** Tells the time, and lets it pass. */
  interface Clock {
    /** Nanoseconds since some moment. */
    long nanos();

    /** The time of day. */
    LocalTime time();

    /** Lets time pass. */
    void sleep(long nanos) throws InterruptedException;
  }

  private record TaskClock(LongSupplier source) implements Clock {
    @Override
    public long nanos() {
      return source.getAsLong();
    }

    @Override
    public LocalTime time() {
      return LocalTime.now();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(nanos);
    }
  }

  RateLimit(Optional<RateTable> shares, Clock clock) {
    this.shares = shares;
    this.clock = clock;
    this.last = clock.nanos();
    look(last);
  }

  /**
   * By the local time of day.
   *
   * @param shares what this task may do; empty for as much as can be
   * @param nanos the clock
   */
  public static RateLimit of(Optional<RateTable> shares, LongSupplier nanos) {
    return new RateLimit(shares, new TaskClock(nanos));
  }

  /** Holds nobody back. */
  public static RateLimit none() {
    return of(Optional.empty(), System::nanoTime);
  }

  private void look(long now) {
    Rate holds = shares.flatMap(table -> table.at(clock.time())).orElse(null);
    if (rate == null || holds == null || holds.ofRecords() != rate.ofRecords()) {
      debt = 0;
    }
    rate = holds;
    looked = now;
  }

  private void pass() {
    long now = clock.nanos();
    if (rate != null) {
      // What was not used is lost, but for one pause: a burst would exceed the rate.
      debt =
          Math.max(
              debt - rate.amount() * ((now - last) / SECOND),
              -rate.amount() * (SHORTEST_PAUSE_NANOS / SECOND));
    }
    last = now;
    if (now - looked >= LOOKED_NANOS) {
      look(now);
    }
  }

  /** For how many nanoseconds nothing may be done now, if the rate stays as it is. */
  public long pause() {
    if (shares.isEmpty()) {
      return 0;
    }
    pass();
    return rate == null || debt <= 0 ? 0 : (long) (debt / rate.amount() * SECOND);
  }

  /** Something was done. */
  public void spend(long records, long bytes) {
    if (rate != null) {
      debt += rate.ofRecords() ? records : bytes;
    }
  }

  /** Waits until a record of so many bytes may be sent, and counts it. */
  public void acquire(long bytes) throws InterruptedIOException {
    if (shares.isEmpty()) {
      return;
    }
    long left = pause();
    while (left > SHORTEST_PAUSE_NANOS) {
      hold(left);
      // Less, if another rate holds now.
      left = Math.min(left - LOOKED_NANOS, pause());
    }
    spend(1, bytes);
  }

  /** Lets a part of a pause pass; the rate may be another one then. */
  public void hold(long pause) throws InterruptedIOException {
    try {
      clock.sleep(Math.min(pause, LOOKED_NANOS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while held back by --max-rate");
    }
  }
}
