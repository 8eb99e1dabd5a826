package io.kafkahdfs.modern.read;

import io.kafkahdfs.client.KafkaUnreachableException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long nothing has come. Kafka's client itself waits for ever for a broker that is gone, and
 * says nothing.
 */
final class Silence {
  private final long timeoutNanos;
  private long since = System.nanoTime();
  private KafkaUnreachableException reason;

  Silence(Duration timeout) {
    timeoutNanos = timeout.toNanos();
  }

  /** Something came. */
  void end() {
    since = System.nanoTime();
    reason = null;
  }

  /**
   * Nothing came once more.
   *
   * @param diagnosis finds out why; asked once, when three quarters of the time are over
   * @throws KafkaUnreachableException the diagnosis, when the time is over
   */
  void endure(Supplier<KafkaUnreachableException> diagnosis) throws KafkaUnreachableException {
    if (reason == null && elapsed() > timeoutNanos / 4 * 3) {
      reason = diagnosis.get();
    }
    if (reason != null && elapsed() > timeoutNanos) {
      throw reason;
    }
  }

  private long elapsed() {
    return System.nanoTime() - since;
  }
}
