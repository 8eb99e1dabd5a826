package io.kafkahdfs.consumer.simulation;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A cluster with one topic, and the memory of all that was ever produced to it. */
final class Produced {
  static final String TOPIC = "events";

  /** What is known of a partition. */
  private static final class Log {
    final TreeSet<Long> records = new TreeSet<>();
    long end;
    long removedBefore;
  }

  private final InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);
  private final SortedMap<PartitionId, Log> logs = new TreeMap<>();

  private final boolean withBad;

  /**
   * @param withBad whether some records cannot be written as text, and others are damaged
   */
  Produced(int partitions, boolean withBad) {
    this.withBad = withBad;
    cluster.createTopic(TOPIC, partitions);
    addPartitions(partitions);
  }

  InMemoryCluster cluster() {
    return cluster;
  }

  int partitions() {
    return logs.size();
  }

  void addPartitions(int partitions) {
    cluster.addPartitions(TOPIC, partitions);
    for (int i = 0; i < partitions; i++) {
      logs.putIfAbsent(new PartitionId(TOPIC, i), new Log());
    }
  }

  void produce(int partition, int records) {
    PartitionId id = new PartitionId(TOPIC, partition);
    Log log = logs.get(id);
    for (int i = 0; i < records; i++) {
      String value = value(id, log.end) + (isBad(log.end) ? "\n" : "");
      cluster.append(id, TestRecord.of(null, value));
      if (isDamaged(log.end)) {
        cluster.damage(id, log.end);
      }
      log.records.add(log.end++);
    }
  }

  private boolean isDamaged(long offset) {
    return withBad && offset % 11 == 4;
  }

  /** Whether a record of this offset is none that lands as text. */
  boolean isBad(long offset) {
    return isDamaged(offset) || withBad && offset % 7 == 5;
  }

  /** What is put aside of a bad record: null where it is damaged. */
  String badValue(PartitionId partition, long offset) {
    return isDamaged(offset) ? null : value(partition, offset) + "\n";
  }

  /** Leaves offsets without records, as transactions do. */
  void skip(int partition, int offsets) {
    PartitionId id = new PartitionId(TOPIC, partition);
    cluster.skip(id, offsets);
    logs.get(id).end += offsets;
  }

  /** Removes the oldest offsets, as retention does. */
  void expire(int partition, int offsets) {
    PartitionId id = new PartitionId(TOPIC, partition);
    Log log = logs.get(id);
    log.removedBefore = Math.min(log.end, log.removedBefore + offsets);
    cluster.removeBefore(id, log.removedBefore);
  }

  static String value(PartitionId partition, long offset) {
    return partition + "@" + offset;
  }

  /** Where each partition ends now. */
  SortedMap<PartitionId, Long> ends() {
    SortedMap<PartitionId, Long> ends = new TreeMap<>();
    logs.forEach((partition, log) -> ends.put(partition, log.end));
    return ends;
  }

  /** The offset before which retention has removed everything by now. */
  long removedBefore(PartitionId partition) {
    return logs.get(partition).removedBefore;
  }

  /** The offsets from one to another that ever had a record. */
  TreeSet<Long> records(PartitionId partition, long from, long until) {
    return new TreeSet<>(logs.get(partition).records.subSet(from, until));
  }

  /** Whether these offsets have records, and follow on each other. */
  boolean holds(PartitionId partition, List<Long> offsets) {
    long last = -1;
    for (long offset : offsets) {
      if (offset <= last || !logs.get(partition).records.contains(offset)) {
        return false;
      }
      last = offset;
    }
    return true;
  }

  /**
   * The offsets of records that were written as lines.
   *
   * @throws AssertionError if there is a line that was not produced to the partition
   */
  static List<Long> offsets(PartitionId partition, List<String> lines) {
    List<Long> offsets = new ArrayList<>();
    String start = partition + "@";
    for (String line : lines) {
      if (!line.startsWith(start)) {
        throw new AssertionError("Not a record of " + partition + ": " + line);
      }
      offsets.add(Long.parseLong(line.substring(start.length())));
    }
    return offsets;
  }
}
