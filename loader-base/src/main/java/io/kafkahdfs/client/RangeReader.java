package io.kafkahdfs.client;

import java.io.Closeable;
import java.io.IOException;

/**
 * Reads one offset range, once, from front to back. It ends on position, never on a record: the
 * range's last offsets may be held by no record. Used by one thread; it may fetch ahead on another.
 */
public interface RangeReader extends Closeable {
  /**
   * The next batch, waiting for it; null when the position is the range's {@code until}.
   *
   * @throws OffsetsRemovedException if retention removed records of the range that were not read
   *     yet; the reader is then of no further use
   * @throws DamagedRecordException if stored bytes are not what was written; likewise
   * @throws KafkaUnreachableException if the brokers did not answer in spite of all retries
   */
  RecordBatch next() throws IOException;

  /** Stops fetching and frees the connections that are the reader's own. */
  @Override
  void close();
}
