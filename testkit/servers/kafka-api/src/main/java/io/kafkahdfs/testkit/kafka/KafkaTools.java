package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tests do to a cluster. All methods return when the cluster has done what they say, and throw
 * if it does not within a minute; {@link UnsupportedOperationException} if the Kafka lacks the
 * {@link Capability}.
 */
public interface KafkaTools extends AutoCloseable {

  /** The codecs that this Kafka's brokers know. */
  Set<Codec> codecs();

  /** What this Kafka can do. */
  Set<Capability> capabilities();

  /**
   * Creates a topic, and waits until all brokers know it and each partition has its leader.
   *
   * @param replication on how many brokers each partition is kept
   * @param config the topic's own configuration, by Kafka's names
   */
  void createTopic(String topic, int partitions, int replication, Map<String, String> config)
      throws IOException;

  /** Creates a topic of one replica with the brokers' configuration. */
  default void createTopic(String topic, int partitions) throws IOException {
    createTopic(topic, partitions, 1, Map.of());
  }

  /** Adds partitions to a topic, so that it has so many. */
  void addPartitions(String topic, int partitions) throws IOException;

  /** Deletes a topic, and waits until the brokers have forgotten it. */
  void deleteTopic(String topic) throws IOException;

  /** The names of all topics. */
  Set<String> topics() throws IOException;

  /**
   * Sends records to one partition, in their order, until all replicas in sync have them. Records
   * that fit into 1 MiB together make one compressed set.
   */
  void send(PartitionId partition, Codec codec, Iterable<TestRecord> records) throws IOException;

  /** Sends a few records uncompressed. */
  default void send(PartitionId partition, TestRecord... records) throws IOException {
    send(partition, Codec.NONE, List.of(records));
  }

  /**
   * Sends records to one partition in a transaction, until all replicas in sync have them, and
   * leaves it undecided. Closing the tools leaves it so, too. Needs {@link
   * Capability#TRANSACTIONS}.
   */
  OpenTransaction beginTransaction(PartitionId partition, List<TestRecord> records)
      throws IOException;

  /** Takes records one by one. */
  @FunctionalInterface
  interface Reader {
    /**
     * @param record with its timestamp, if it has one
     */
    void read(long offset, TestRecord record);
  }

  /**
   * Reads what a partition holds now, in the order of the offsets, with a client of Kafka's: what
   * consumers of committed records see.
   */
  void read(PartitionId partition, Reader reader) throws IOException;

  /** The offsets that hold such a record, in their order. */
  default List<Long> offsets(PartitionId partition) throws IOException {
    List<Long> offsets = new ArrayList<>();
    read(partition, (offset, record) -> offsets.add(offset));
    return offsets;
  }

  /**
   * Lets retention remove all but the last segment as far as they hold only offsets below the given
   * one. Set {@code segment.bytes} when creating the topic to have several.
   *
   * @return the first offset that is left
   */
  long removeBefore(PartitionId partition, long offset) throws IOException;

  /** Deletes the records below an offset. Needs {@link Capability#DELETE_RECORDS}. */
  void deleteRecords(PartitionId partition, long before) throws IOException;

  /**
   * The offsets that are kept for a consumer group, as lag tools see them. Needs {@link
   * Capability#PUBLISHED_OFFSETS}.
   */
  Map<PartitionId, Long> groupOffsets(String group) throws IOException;

  /**
   * Waits until the brokers have compacted all but the last segment. The topic must have been
   * created with {@code cleanup.policy=compact} and {@code min.cleanable.dirty.ratio=0.01}.
   */
  void awaitCompaction(PartitionId partition) throws IOException;

  /**
   * Gives a user rights on a topic. Needs a cluster with an authorizer.
   *
   * @param rights by Kafka's names, such as {@code DESCRIBE_CONFIGS}
   */
  default void allow(String user, String topic, String... rights) throws IOException {
    throw new UnsupportedOperationException("These tools do not know how to give rights");
  }

  /** The id of the broker that leads a partition. */
  int leader(PartitionId partition) throws IOException;

  /** The ids of the brokers whose replicas of a partition are in sync. */
  Set<Integer> inSync(PartitionId partition) throws IOException;

  @Override
  void close();
}
