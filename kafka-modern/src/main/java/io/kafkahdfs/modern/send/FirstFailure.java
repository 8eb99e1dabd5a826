package io.kafkahdfs.modern.send;

import io.kafkahdfs.client.SendFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Keeps the first failure of a sender: those behind it follow from it. Of the records of a batch,
 * which fail together, it is the one that is at fault.
 */
final class FirstFailure {
  private final SendFailures failures;
  private final Metric splits;
  private long splitsBefore;
  private volatile Failed failed;
  private SendFailedException told;

  private record Failed(Sending sending, Exception cause, boolean byClient) {
    /** Whether the other record is rather at fault. */
    boolean isOnlyBeside(Sending other, Exception otherCause) {
      if (otherCause instanceof RecordTooLargeException) {
        return cause instanceof RecordTooLargeException && other.bytes() > sending.bytes();
      }
      // Without a kind of its own: what the client says of records beside an invalid one.
      return cause.getClass() == KafkaException.class && otherCause.getClass() != cause.getClass();
    }
  }

  /**
   * @param splits how many batches were split so far because brokers took them for too large
   */
  FirstFailure(SendFailures failures, Metric splits) {
    this.failures = failures;
    this.splits = splits;
  }

  /** A record has failed; called on the client's threads, too. */
  synchronized void failed(Sending sending, Exception cause) {
    if (failed == null || failed.isOnlyBeside(sending, cause)) {
      failed = new Failed(sending, cause, sending.isSendersThread());
    }
  }

  /** Whether the client gave up on a record before it had a place for it. */
  boolean isTimeoutOf(Sending sending) {
    Failed now = failed;
    return now != null
        && now.sending == sending
        && now.byClient
        && now.cause instanceof TimeoutException;
  }

  /** A record was refused before it was handed over. */
  SendFailedException refused(SendFailedException refusal) {
    told = refusal;
    return refusal;
  }

  /** All that was handed over is acknowledged. */
  void flushed() {
    splitsBefore = ProducerSender.count(splits);
  }

  void throwIfAny() throws SendFailedException {
    if (told == null && failed != null) {
      failed.sending.awaitBatch();
      told = failure();
    }
    if (told != null) {
      throw told;
    }
  }

  private synchronized SendFailedException failure() {
    return failures.of(
        failed.sending, failed.cause, failed.byClient, ProducerSender.count(splits) - splitsBefore);
  }
}
