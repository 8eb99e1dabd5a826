package io.kafkahdfs.producer.job;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.producer.partition.TargetPartitioner;

/** A user's partitioner: numbers go to the partition that their last bit names. */
public final class EvenOddPartitioner implements TargetPartitioner {
  @Override
  public int partition(KafkaRecord record, String topic, int partitions) {
    return Integer.parseInt(record.value().toString()) % 2;
  }
}
