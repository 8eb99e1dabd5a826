package io.kafkahdfs.producer.partition;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordSender;

/**
 * Chooses the partition that a record is sent to; for {@code --partition CLASS}. A class needs a
 * constructor without parameters; each task makes one object of it, and uses it from one thread.
 */
@FunctionalInterface
public interface TargetPartitioner {
  /** To be returned for the partition that Kafka's own Java client chooses by the key. */
  int BY_KEY = RecordSender.BY_KEY;

  /**
   * @param record its key and value point into a buffer that is used again
   * @param topic where it is sent to
   * @param partitions how many partitions that topic has
   * @return a number from 0 to {@code partitions} - 1, or {@link #BY_KEY}
   */
  int partition(KafkaRecord record, String topic, int partitions);
}
