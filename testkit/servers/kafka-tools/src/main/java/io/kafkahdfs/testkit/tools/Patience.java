package io.kafkahdfs.testkit.tools;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what brokers do, for a minute at most. */
final class Patience {
  static final Duration LIMIT = Duration.ofSeconds(60);

  private Patience() {}

  /** Something that comes about in the end. */
  interface Condition {
    boolean holds() throws IOException;
  }

  static void await(String what, Condition condition) throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IOException(what + " did not come about in " + LIMIT);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** An answer; what Kafka says that went wrong is the exception's cause. */
  static <T> T answer(Future<T> future) throws IOException {
    try {
      return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().toString(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("No answer in " + LIMIT, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
