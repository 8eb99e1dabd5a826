package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.partition.TargetPartitioner;
import io.kafkahdfs.producer.partition.TargetTopics;
import java.io.IOException;

/** Sends each record to the topic and partition where it belongs, and counts. */
final class Dispatcher {
  private final RecordSender sender;
  private final TargetTopics topics;
  private final TargetPartitioner partitioner;
  private final RateLimit limit;
  private final Outlived outlived;
  private final SendTally tally = new SendTally();
  private long sent;

  Dispatcher(
      RecordSender sender,
      TargetTopics topics,
      TargetPartitioner partitioner,
      RateLimit limit,
      Outlived outlived) {
    this.sender = sender;
    this.topics = topics;
    this.partitioner = partitioner;
    this.limit = limit;
    this.outlived = outlived;
  }

  /**
   * @param number what the record is called in a {@link io.kafkahdfs.client.SendFailedException}
   * @throws LoaderException if it cannot be sent anywhere; its message follows on the record's
   *     place
   */
  void send(KafkaRecord record, long number) throws IOException {
    String topic = topics.of(record);
    TargetTopic described = topics.described(topic);
    int partition = partition(record, topic, described.partitions());
    limit.acquire((long) record.key().length() + record.value().length());
    sender.send(record, topic, partition, number, tally.of(topic));
    outlived.sent(record, described);
    sent++;
  }

  /** How many of them are older than their topic keeps records. */
  long outlived() {
    return outlived.records();
  }

  private int partition(KafkaRecord record, String topic, int partitions) throws LoaderException {
    int partition;
    try {
      partition = partitioner.partition(record, topic, partitions);
    } catch (IllegalArgumentException e) {
      throw new LoaderException(ExitCode.FAILURE, e.getMessage(), e);
    }
    if (partition != RecordSender.BY_KEY && (partition < 0 || partition >= partitions)) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "it belongs to partition "
              + partition
              + ", but topic "
              + topic
              + " has only partitions 0 to "
              + (partitions - 1)
              + ". Add partitions to it, or give --partition key or round-robin");
    }
    return partition;
  }

  /** How many records were sent. */
  long sent() {
    return sent;
  }

  SendTally tally() {
    return tally;
  }

  /**
   * Checks, once all is flushed, that the brokers have said of each record that they have it.
   *
   * @throws LoaderException if they have not
   */
  void checkAcknowledged() throws LoaderException {
    long acknowledged = tally.sum();
    if (acknowledged != sent) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "Of " + sent + " records that were sent only " + acknowledged + " were acknowledged");
    }
  }
}
