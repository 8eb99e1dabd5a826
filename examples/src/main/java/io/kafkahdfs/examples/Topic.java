package io.kafkahdfs.examples;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.Capability;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaTools;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** A topic that can be filled, and what was put into it. Not for several threads. */
final class Topic {
  /** Records that are kept in memory to be sent together. */
  private static final int CHUNK = 10_000;

  private final KafkaTools tools;
  private final String name;
  private final Fingerprints produced;
  private long records;
  private long nullValues;

  private Topic(KafkaTools tools, String name, int partitions) {
    this.tools = tools;
    this.name = name;
    this.produced = Fingerprints.ofEmpty(partitions);
  }

  static Topic create(KafkaTools tools, String name, int partitions) throws IOException {
    tools.createTopic(name, partitions);
    return new Topic(tools, name, partitions);
  }

  String name() {
    return name;
  }

  int partitions() {
    return produced.partitions().size();
  }

  /** How many records were sent. */
  long records() {
    return records;
  }

  /** How many of the records had no value. */
  long nullValues() {
    return nullValues;
  }

  /** What was sent to each partition: places, keys and values. */
  Fingerprints produced() {
    return produced;
  }

  /**
   * What each partition holds, whoever has sent it, read with Kafka's own client: the records in
   * their order with all that belongs to them. Their offsets are no part of it, since transactions
   * take some for themselves.
   */
  Fingerprints content() throws IOException {
    Fingerprints content = Fingerprints.ofEmpty(partitions());
    for (int partition = 0; partition < partitions(); partition++) {
      Fingerprint fingerprint = content.of(partition);
      tools.read(
          new PartitionId(name, partition),
          (offset, record) -> fingerprint.add(fingerprint.records(), record));
    }
    return content;
  }

  /** Sends the next records, those of a key to the same partition, and waits until all are in. */
  void send(Iterator<TestRecord> source, long count) throws IOException {
    long left = count;
    while (left > 0) {
      List<List<TestRecord>> chunk = new ArrayList<>();
      produced.partitions().forEach(partition -> chunk.add(new ArrayList<>()));
      for (long i = Math.min(left, CHUNK); i > 0; i--) {
        TestRecord record = withoutUnknown(source.next());
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
    return "partition " + partition + ", offset " + (produced.of(partition).records() - 1);
  }

  /** Leaves out what these brokers do not know. */
  private TestRecord withoutUnknown(TestRecord record) {
    return tools.capabilities().contains(Capability.HEADERS) ? record : record.with();
  }

  private int add(TestRecord record) {
    long place = record.key() == null ? records : Arrays.hashCode(record.key());
    int partition = (int) Math.floorMod(place, (long) partitions());
    Fingerprint fingerprint = produced.of(partition);
    fingerprint.add(fingerprint.records(), record.key(), record.value());
    records++;
    nullValues += record.value() == null ? 1 : 0;
    return partition;
  }
}
