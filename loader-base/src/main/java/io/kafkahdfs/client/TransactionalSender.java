package io.kafkahdfs.client;

import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.Optional;

/**
 * Sends records in transactions. A transaction begins with the first record behind the last commit;
 * who reads committed records only sees all of it or nothing.
 */
public interface TransactionalSender extends RecordSender {
  /**
   * How far the last transaction came that was ever committed under this sender's id. Waits while
   * the brokers are still about to make it known.
   *
   * @param anchor the one that progress is filed under
   */
  Optional<SendProgress> progress(PartitionId anchor) throws IOException;

  /**
   * Commits all records since the last commit together with how far that is: the commit point. When
   * it fails, {@link #progress} of a new sender tells whether it took place.
   *
   * @param anchor a partition that exists; Kafka files the progress under it
   * @throws SendFailedException if a record could not be sent; nothing is committed then
   */
  void commit(PartitionId anchor, SendProgress progress) throws IOException;
}
