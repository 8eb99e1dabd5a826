package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.producer.commit.SplitNote;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/** How a split's records get to Kafka, and how far they got is remembered. Used by one thread. */
interface Delivery extends Closeable {
  /** How far earlier attempts came. */
  Start start();

  RecordSender sender();

  /** How long to go on without {@link #save}; may change with each one. */
  Pace pace();

  /**
   * Waits until all records that were sent are acknowledged, and makes it known that they are done.
   *
   * @param done how many of the split's records are done, from the first one on
   */
  void save(long done, SplitNote note) throws IOException;

  /**
   * Leaves it to a later attempt, and closes it. Keeps what can be kept.
   *
   * @param maybeSent how many of the split's records may have been sent
   * @param note asked for when all that was sent is acknowledged
   */
  void abandon(long done, long maybeSent, Supplier<SplitNote> note);

  /** Leaves it to a later attempt because records could not be sent, and closes it. */
  void fail();

  /** Closes the sender at once. */
  @Override
  void close();

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
   * @param interval after so long a time, if any record was sent
   */
  record Pace(long records, Duration interval) {}
}
