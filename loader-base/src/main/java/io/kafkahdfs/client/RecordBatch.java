package io.kafkahdfs.client;

/**
 * What one fetch brought of one partition: records in the order of their offsets, and the position
 * behind them. A batch can be empty and still move the position, over records that compaction
 * removed or that a transaction hides. Walked once, by one thread.
 *
 * <p>The bytes that its records show are never overwritten, also not by later batches: who keeps a
 * view of them keeps the bytes.
 */
public interface RecordBatch {
  /**
   * Moves the record to the batch's next one.
   *
   * @return false when there is no further record; the record is then as it was
   */
  boolean next(KafkaRecord into);

  /**
   * The position behind this batch: reading continues there. At most the range's {@code until}. All
   * offsets before it that no record has are gaps, and no loss.
   */
  long nextOffset();
}
