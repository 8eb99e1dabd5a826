package io.kafkahdfs.examples;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The topic that is filled, and what was put into it. Not for several threads. */
final class Topic {
  /** Records that are kept in memory to be sent together. */
  private static final int CHUNK = 10_000;

  private final KafkaTools tools;
  private final String name;
  private final List<Fingerprint> produced = new ArrayList<>();
  private long records;
  private long nullValues;

  private Topic(KafkaTools tools, String name) {
    this.tools = tools;
    this.name = name;
  }

  static Topic create(KafkaTools tools, String name, int partitions) throws IOException {
    tools.createTopic(name, partitions);
    Topic topic = new Topic(tools, name);
    for (int partition = 0; partition < partitions; partition++) {
      topic.produced.add(new Fingerprint());
    }
    return topic;
  }

  String name() {
    return name;
  }

  long records() {
    return records;
  }

  /** How many of the records had no value. */
  long nullValues() {
    return nullValues;
  }

  /** What each partition holds. */
  List<Fingerprint> produced() {
    return produced;
  }

  /** Sends the next records, those of a key to the same partition, and waits until all are in. */
  void send(Iterator<TestRecord> source, long count) throws IOException {
    long left = count;
    while (left > 0) {
      List<List<TestRecord>> chunk = new ArrayList<>();
      produced.forEach(partition -> chunk.add(new ArrayList<>()));
      for (long i = Math.min(left, CHUNK); i > 0; i--) {
        TestRecord record = source.next();
        chunk.get(add(record)).add(record);
        left--;
      }
      for (int partition = 0; partition < chunk.size(); partition++) {
        tools.send(new PartitionId(name, partition), Codec.SNAPPY, chunk.get(partition));
      }
    }
  }

  /**
   * Sends one record.
   *
   * @return where it stands, for people
   */
  String send(TestRecord record) throws IOException {
    int partition = add(record);
    tools.send(new PartitionId(name, partition), record);
    return "partition " + partition + ", offset " + (produced.get(partition).records() - 1);
  }

  private int add(TestRecord record) {
    long place = record.key() == null ? records : Arrays.hashCode(record.key());
    int partition = (int) Math.floorMod(place, (long) produced.size());
    Fingerprint fingerprint = produced.get(partition);
    fingerprint.add(fingerprint.records(), record.key(), record.value());
    records++;
    nullValues += record.value() == null ? 1 : 0;
    return partition;
  }
}
