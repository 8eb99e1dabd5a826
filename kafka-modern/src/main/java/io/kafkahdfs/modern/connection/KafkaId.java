package io.kafkahdfs.modern.connection;

import io.kafkahdfs.offset.PartitionId;
import org.apache.kafka.common.TopicPartition;

/** Partitions by the name that Kafka's client has for them. */
public final class KafkaId {
  private KafkaId() {}

  public static TopicPartition of(PartitionId partition) {
    return new TopicPartition(partition.topic(), partition.partition());
  }
}
