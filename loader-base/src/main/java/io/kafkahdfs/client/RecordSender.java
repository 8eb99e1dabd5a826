package io.kafkahdfs.client;

import java.io.Closeable;
import java.io.IOException;

/**
 * Sends records, and tells which of them the brokers have. Used by one thread; acknowledgements
 * come on another.
 */
public interface RecordSender extends Closeable {
  /** Instead of a partition: the one that the generation's own Java client chooses by the key. */
  int BY_KEY = -1;

  /**
   * Hands a record over; waits if too many are on their way. The record may be moved on as soon as
   * this returns.
   *
   * @param record of which the key, value, headers and, if it has one, the timestamp are sent
   * @param partition a number below the topic's count of partitions, or {@link #BY_KEY}
   * @param number what the record is called in a {@link SendFailedException}
   * @param acknowledgement told when the brokers have the record, and only then
   * @throws SendFailedException if this or an earlier record could not be sent
   */
  void send(
      KafkaRecord record, String topic, int partition, long number, Acknowledgement acknowledgement)
      throws IOException;

  /**
   * Waits until the brokers have all records that were handed over.
   *
   * @throws SendFailedException if one of them could not be sent
   */
  void flush() throws IOException;

  /**
   * How many duplicates there are at most, because records were sent again when no answer came.
   * Always 0 where the brokers recognize what they have already.
   */
  long maybeRepeated();

  /** Ends it at once: what is on its way may arrive or not. */
  @Override
  void close();

  /** Learns that the brokers have a record. */
  @FunctionalInterface
  interface Acknowledgement {
    /** Instead of an offset: a record that was sent again, and that the brokers had already. */
    long UNKNOWN_OFFSET = -1;

    /**
     * Called on the sender's own thread; for the records of a partition in their order.
     *
     * @param partition where the record went
     * @param offset where it stands there, or {@link #UNKNOWN_OFFSET}
     */
    void acknowledged(int partition, long offset);
  }
}
