package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One partition of an {@link InMemoryCluster}. Where there are transactions, what can be read ends
 * before the first record of one that is open.
 */
final class InMemoryLog {
  /** What stands at an offset. */
  record Entry(TestRecord record, long timestamp, boolean damaged) {}

  private final PartitionId partition;
  private final Generation generation;
  private final TreeMap<Long, Entry> entries = new TreeMap<>();

  /** The first offset of each open transaction. */
  private final TreeSet<Long> open = new TreeSet<>();

  private long first;
  private long next;

  InMemoryLog(PartitionId partition, Generation generation) {
    this.partition = partition;
    this.generation = generation;
  }

  boolean hasTimestamps() {
    return generation == Generation.MODERN;
  }

  synchronized void append(TestRecord record, long timestamp) {
    entries.put(next++, new Entry(record, timestamp, false));
  }

  /** Appends the records of a transaction that is not decided yet. */
  synchronized OpenTransaction begin(List<TestRecord> records, long timestamp) {
    if (!hasTimestamps()) {
      throw new UnsupportedOperationException(generation + " knows no transactions");
    }
    long begin = next;
    records.forEach(record -> append(record, record.timestamp().orElse(timestamp)));
    long end = next;
    open.add(begin);
    return new OpenTransaction() {
      @Override
      public void commit() {
        decide(begin);
      }

      @Override
      public void abort() {
        hide(begin, end);
        decide(begin);
      }
    };
  }

  private synchronized void hide(long from, long until) {
    entries.subMap(from, until).clear();
  }

  /** Ends a transaction; its control record takes an offset. */
  private synchronized void decide(long begin) {
    if (open.remove(begin)) {
      next++;
    }
  }

  synchronized void skip(int offsets) {
    next += offsets;
  }

  synchronized void removeBefore(long offset) {
    first = Math.max(first, Math.min(offset, next));
    entries.headMap(first).clear();
  }

  synchronized void damage(long offset) {
    entries.computeIfPresent(
        offset, (o, entry) -> new Entry(entry.record(), entry.timestamp(), true));
  }

  /** Removes what has a later record of its key, and what has no key, but for the last record. */
  synchronized void compact() {
    if (entries.isEmpty()) {
      return;
    }
    Set<List<Byte>> later = new HashSet<>();
    long last = entries.lastKey();
    entries
        .descendingMap()
        .entrySet()
        .removeIf(
            entry -> {
              byte[] key = entry.getValue().record().key();
              boolean wanted = key != null && later.add(boxed(key));
              return !wanted && entry.getKey() != last;
            });
  }

  private static List<Byte> boxed(byte[] bytes) {
    Byte[] boxed = new Byte[bytes.length];
    Arrays.setAll(boxed, i -> bytes[i]);
    return List.of(boxed);
  }

  synchronized void read(KafkaTools.Reader reader) {
    entries
        .headMap(available().until())
        .forEach(
            (offset, entry) ->
                reader.read(
                    offset,
                    hasTimestamps() ? entry.record().at(entry.timestamp()) : entry.record()));
  }

  /** What can be read. */
  synchronized OffsetRange available() {
    return new OffsetRange(partition, first, open.isEmpty() ? next : Math.max(first, open.first()));
  }

  /** What is known of it, for a leader. */
  synchronized PartitionSnapshot snapshot(Optional<String> leader) {
    return new PartitionSnapshot(leader, available(), next);
  }

  synchronized long offsetAt(long time) {
    long end = available().until();
    return entries.headMap(end).entrySet().stream()
        .filter(entry -> entry.getValue().timestamp() >= time)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(end);
  }

  /** The entries from an offset on, up to another one, that fit into some bytes; at least one. */
  synchronized TreeMap<Long, Entry> entries(long from, long until, long bytes) {
    TreeMap<Long, Entry> found = new TreeMap<>();
    long left = bytes;
    for (Map.Entry<Long, Entry> entry : entries.subMap(from, until).entrySet()) {
      left -= InMemoryRangeReader.bytes(entry.getValue().record());
      if (left < 0 && !found.isEmpty()) {
        break;
      }
      found.put(entry.getKey(), entry.getValue());
    }
    return found;
  }
}
