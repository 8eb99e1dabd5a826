package io.kafkahdfs.format.spi;

import io.kafkahdfs.client.KafkaRecord;
import java.io.Closeable;
import java.io.IOException;

/**
 * Reads the records of a file or a part of one, always the same ones in the same order. Used by one
 * thread.
 */
public interface RecordDecoder extends Closeable {
  /**
   * Moves the record to the next one. A record that did not come from Kafka has no partition.
   *
   * @return false when there is no further record
   * @throws BadRecordException if it cannot be understood; the one behind it can be read
   * @throws IOException if the rest of the file cannot be read
   */
  boolean next(KafkaRecord into) throws IOException;

  /** Whether its records are bad and were put aside, see {@link Quarantine}. */
  default boolean holdsBad() {
    return false;
  }

  /** How much of it is read, from 0 to 1. */
  float progress() throws IOException;
}
