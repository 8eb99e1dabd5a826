package io.kafkahdfs.client;

import java.io.Closeable;
import java.io.IOException;

/**
 * Reads offset ranges, one after the other, each once and from front to back. A range ends on
 * position, never on a record: its last offsets may be held by no record. Used by one thread; it
 * may fetch ahead on another.
 */
public interface RangeReader extends Closeable {
  /**
   * The next batch of the range that is read, at first the first one, waiting for it; null when the
   * position is the range's {@code until}. A failure comes when its range is read, behind all
   * batches before it, however early it was met with, and names the partition.
   *
   * @throws OffsetsRemovedException if retention removed records of the range that were not read
   *     yet; the reader is then of no further use, also not for later ranges
   * @throws DamagedRecordException if stored bytes are not what was written; likewise
   * @throws KafkaUnreachableException if the brokers did not answer in spite of all retries
   */
  RecordBatch next() throws IOException;

  /**
   * Moves on to the next range, whose batches {@link #next} gives from now on.
   *
   * @return false if there is none
   * @throws IllegalStateException if the range that is read is not at its end
   */
  boolean nextRange();

  /** Stops fetching and frees the connections that are the reader's own. */
  @Override
  void close();
}
