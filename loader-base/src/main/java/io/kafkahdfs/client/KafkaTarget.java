package io.kafkahdfs.client;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * A connection to a Kafka cluster for sending, of whichever generation. Methods wait for the
 * brokers and retry as long as the cluster's time-out allows; then they throw {@link
 * KafkaUnreachableException}. Used by one thread, but for the senders it hands out, which are
 * independent of it and of each other.
 */
public interface KafkaTarget extends Closeable {
  Generation generation();

  /**
   * The same cluster, to be asked and to be read from. It lasts as long as this target, which
   * closes it.
   */
  KafkaCluster cluster();

  /** Which of a record's parts are lost on the way, because the brokers do not know them. */
  Set<RecordPart> lostParts() throws IOException;

  /**
   * How many partitions each topic has. A topic that does not exist is simply not among them, and
   * is not created by asking.
   */
  SortedMap<String, Integer> partitionCounts(Set<String> topics) throws IOException;

  /**
   * What the cluster tells of topics, as they are now. A topic that does not exist is simply not
   * among them, and is not created by asking. Of a topic whose configuration the user may not see,
   * or which the brokers cannot tell, the rules are missing: that is no error.
   */
  SortedMap<String, TargetTopic> describe(Set<String> topics) throws IOException;

  /** The means to create topics; empty if these brokers offer none to a client. */
  Optional<TopicCreator> topicCreator() throws IOException;

  /**
   * Begins to send. What was acknowledged is kept by all replicas in sync; a partition gets its
   * records in the order in which they were sent.
   */
  RecordSender sender(SendSettings settings) throws IOException;

  /** The means to send each record exactly once; empty if these brokers know no transactions. */
  Optional<Transactions> transactions() throws IOException;

  @Override
  void close();
}
