package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.RecordLook;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One partition of an {@link InMemoryCluster}. */
final class InMemoryLog {
  /** What stands at an offset. */
  record Entry(
      TestRecord record,
      long timestamp,
      int leaderEpoch,
      boolean damaged,
      Optional<InMemoryTransaction> within) {
    /** Whether who reads committed records only is to see it. */
    boolean isCommitted() {
      return within.isEmpty() || within.get().state() == InMemoryTransaction.State.COMMITTED;
    }

    boolean isOpen() {
      return within.isPresent() && within.get().state() == InMemoryTransaction.State.OPEN;
    }
  }

  private final PartitionId partition;
  private final Generation generation;
  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private long first;
  private long next;
  private int leaderEpoch;

  InMemoryLog(PartitionId partition, Generation generation) {
    this.partition = partition;
    this.generation = generation;
  }

  boolean hasTimestamps() {
    return generation == Generation.MODERN;
  }

  /**
   * @return its offset
   */
  synchronized long append(
      TestRecord record, long timestamp, Optional<InMemoryTransaction> within) {
    entries.put(next, new Entry(record, timestamp, leaderEpoch, false, within));
    return next++;
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
        offset,
        (o, entry) ->
            new Entry(
                entry.record(), entry.timestamp(), entry.leaderEpoch(), true, entry.within()));
  }

  /** Loses all from an offset on, as when an out-of-date replica is elected leader. */
  synchronized void truncate(long offset) {
    entries.tailMap(offset, true).clear();
    next = offset;
    leaderEpoch++;
  }

  synchronized RecordLook look(long offset, boolean committed) {
    Entry entry = entries.get(offset);
    if (entry == null || (committed && !entry.isCommitted())) {
      return offset < first ? RecordLook.REMOVED : RecordLook.GONE;
    }
    if (entry.damaged()) {
      return RecordLook.unseen("it is damaged");
    }
    KafkaRecord record = new KafkaRecord();
    show(offset, entry, record);
    return RecordLook.at(RecordFingerprint.of(record));
  }

  /** Fills a record in with what stands at an offset. */
  void show(long offset, Entry entry, KafkaRecord into) {
    into.setPosition(partition, offset);
    into.key().set(entry.record().key());
    into.value().set(entry.record().value());
    into.setHeaders(
        entry.record().headers().stream()
            .map(header -> new RecordHeader(header.key(), header.value()))
            .toList());
    if (hasTimestamps()) {
      into.setTimestamp(entry.timestamp(), TimestampType.CREATE_TIME);
      into.setLeaderEpoch(entry.leaderEpoch());
    } else {
      into.setTimestamp(KafkaRecord.NO_TIMESTAMP, TimestampType.NONE);
    }
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
    entries.headMap(stableEnd()).entrySet().stream()
        .filter(entry -> entry.getValue().isCommitted())
        .forEach(entry -> reader.read(entry.getKey(), stamped(entry.getValue())));
  }

  private TestRecord stamped(Entry entry) {
    return hasTimestamps() ? entry.record().at(entry.timestamp()) : entry.record();
  }

  /** What who reads committed records only can read. */
  synchronized OffsetRange available() {
    return new OffsetRange(partition, first, Math.max(first, stableEnd()));
  }

  /** What is known of it, for a leader. */
  synchronized PartitionSnapshot snapshot(Optional<String> leader) {
    return new PartitionSnapshot(leader, available(), next);
  }

  /** The first offset of a transaction that is undecided; the end if there is none. */
  private long stableEnd() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().isOpen())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(next);
  }

  /** Behind all that was ever written. */
  synchronized long end() {
    return next;
  }

  synchronized long offsetAt(long time) {
    return entries.headMap(stableEnd()).entrySet().stream()
        .filter(entry -> entry.getValue().timestamp() >= time)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(stableEnd());
  }

  /**
   * The entries from an offset on, up to another one, that fit into some bytes; at least one.
   *
   * @param committed whether to leave out those that are not committed
   */
  synchronized TreeMap<Long, Entry> entries(long from, long until, long bytes, boolean committed) {
    TreeMap<Long, Entry> found = new TreeMap<>();
    long left = bytes;
    for (Map.Entry<Long, Entry> entry : entries.subMap(from, until).entrySet()) {
      if (committed && !entry.getValue().isCommitted()) {
        continue;
      }
      left -= InMemoryRangeReader.bytes(entry.getValue().record());
      if (left < 0 && !found.isEmpty()) {
        break;
      }
      found.put(entry.getKey(), entry.getValue());
    }
    return found;
  }
}
