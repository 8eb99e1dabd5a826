package io.kafkahdfs.client;

import java.io.IOException;

/** Creates topics. */
@FunctionalInterface
public interface TopicCreator {
  /**
   * Creates a topic, and waits until records can be sent to each of its partitions. It is no error
   * if somebody else created it meanwhile.
   *
   * @param replication on how many brokers each partition is kept
   */
  void create(String topic, int partitions, short replication) throws IOException;
}
