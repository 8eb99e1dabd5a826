package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.commit.SplitNote;
import io.kafkahdfs.producer.commit.TransactionNote;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * How a split's records get to Kafka, and how far they got is remembered. It owns the sender, and
 * knows when progress is to be saved. Used by one thread.
 */
interface Delivery extends Closeable {
  /** How far earlier attempts came. */
  Start start();

  /** As {@link RecordSender#send}. */
  void send(
      KafkaRecord record,
      String topic,
      int partition,
      long number,
      RecordSender.Acknowledgement acknowledgement)
      throws IOException;

  /**
   * Whether progress is to be saved now. To be asked for every record that is read, also when
   * nothing is sent: what is open in Kafka must not time out.
   *
   * @param done how many of the split's records are done, from the first one on
   * @param ahead nanoseconds for which nobody will ask again
   */
  boolean isDue(long done, long ahead);

  /** How many of the split's records were done when progress was saved last. */
  long saved();

  /**
   * Waits until all records that were sent are acknowledged, and makes it known that they are done.
   *
   * @param done how many of the split's records are done, from the first one on
   * @param account asked when all that was sent is acknowledged
   */
  void save(long done, Account account) throws IOException;

  /**
   * Leaves it to a later attempt, and closes it. Keeps what can be kept.
   *
   * @param maybeSent how many of the split's records may have been sent
   * @param account asked when all that was sent is acknowledged
   */
  void abandon(long done, long maybeSent, Account account);

  /** Leaves it to a later attempt because records could not be sent, and closes it. */
  void fail();

  /** How many records at most this attempt has sent twice. */
  long maybeRepeated();

  /** Closes the sender at once. */
  @Override
  void close();

  /** What is known of the records that were sent, when all of them are acknowledged. */
  @FunctionalInterface
  interface Account {
    /**
     * @param done how many of the split's records are done
     * @throws LoaderException if not all were acknowledged
     */
    Settled settle(long done) throws LoaderException;
  }

  /**
   * What became of records.
   *
   * @param note of all of them, those of earlier attempts too
   * @param sent how many were sent since progress was saved last
   * @param witnesses some of these
   */
  record Settled(SplitNote note, long sent, List<TransactionNote.Witness> witnesses) {}

  /**
   * Where an attempt begins.
   *
   * @param done how many of the split's records are done
   * @param maybeSent how many may have been sent, at least {@code done}
   * @param maybeRepeated how many records at most earlier attempts have repeated
   * @param note what earlier attempts did
   */
  record Start(long done, long maybeSent, long maybeRepeated, SplitNote note) {}

  /**
   * When to save progress.
   *
   * @param records after so many records in any case
   * @param interval after so long a time, if any record was read
   */
  record Pace(long records, Duration interval) {
    /**
     * @param since how many records were read since progress was saved last
     * @param nanos how long that will be ago before anybody asks again
     */
    boolean isOver(long since, long nanos) {
      return since >= records || (since > 0 && nanos >= interval.toNanos());
    }
  }
}
