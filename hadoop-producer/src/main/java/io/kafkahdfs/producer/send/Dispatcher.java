package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.commit.RecordHash;
import io.kafkahdfs.producer.partition.TargetPartitioner;
import io.kafkahdfs.producer.partition.TargetTopics;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.run.RateLimit;
import java.io.IOException;

/** Sends each record to the topic and partition where it belongs, and counts. */
final class Dispatcher {
  private final Outlet outlet;
  private final TargetTopics topics;
  private final TargetPartitioner partitioner;
  private final RateLimit limit;
  private final SendTally tally;
  private final RecordHash hash;
  private final Outlived outlived;
  private long sent;

  /** As {@link RecordSender#send}. */
  @FunctionalInterface
  interface Outlet {
    void send(
        KafkaRecord record,
        String topic,
        int partition,
        long number,
        RecordSender.Acknowledgement acknowledgement)
        throws IOException;
  }

  /**
   * @param tally counts what is acknowledged
   * @param hash tells records apart
   */
  Dispatcher(
      Outlet outlet,
      TargetTopics topics,
      TargetPartitioner partitioner,
      RateLimit limit,
      Outlived outlived,
      SendTally tally,
      RecordHash hash) {
    this.outlet = outlet;
    this.tally = tally;
    this.hash = hash;
    this.outlived = outlived;
    this.topics = topics;
    this.partitioner = partitioner;
    this.limit = limit;
  }

  /**
   * @param number what the record is called in a {@link io.kafkahdfs.client.SendFailedException}
   * @throws LoaderException if it cannot be sent anywhere; its message follows on the record's
   *     place
   */
  void send(KafkaRecord record, long number) throws IOException {
    if (record instanceof KafkaRecordWritable made && made.rejection() != null) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "a mapper rejects it ("
              + made.rejection()
              + "), and only kafka-to-hdfs has a place for such records: leave it out instead");
    }
    String topic = topics.of(record);
    TargetTopic described = topics.described(topic);
    int partition = partition(record, topic, described.partitions());
    limit.acquire((long) record.key().length() + record.value().length());
    outlet.send(record, topic, partition, number, tally.of(topic, hash.of(record)));
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
              + ". Add partitions to it, or set --partition key or round-robin");
    }
    return partition;
  }

  /** For how many nanoseconds the next record would be held back. */
  long pause() {
    return limit.pause();
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
