package io.kafkahdfs.distribution.rounds;

import io.kafkahdfs.offset.PartitionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What producers have sent, and how that ended for them. No value is sent twice by a producer. */
final class Ledger {
  /** How something ended that belongs together: a transaction, or one record. */
  enum End {
    /** The brokers have said that they have it. */
    COMMITTED,
    ABORTED,
    /** The producer got no answer. */
    UNKNOWN
  }

  /**
   * A record.
   *
   * @param offset -1 if the producer was not told
   */
  record Sent(PartitionId partition, long offset, String value) {}

  private record Entry(End end, List<Sent> records) {}

  private final List<Entry> entries = new ArrayList<>();

  synchronized void add(End end, List<Sent> records) {
    entries.add(new Entry(end, List.copyOf(records)));
  }

  /** How many records ended like this. */
  synchronized long records(End end) {
    return entries.stream()
        .filter(entry -> entry.end() == end)
        .mapToLong(entry -> entry.records().size())
        .sum();
  }

  /**
   * Holds what has landed against it.
   *
   * @param landed values by where they stood
   * @param once whether Kafka keeps each acknowledged record once; if not, producers that send
   *     again for want of an answer make duplicates, at offsets of their own
   */
  synchronized void audit(
      Map<PartitionId, Map<Long, String>> landed, boolean once, Journal journal) {
    Map<String, List<Long>> offsets = new HashMap<>();
    landed.values().stream()
        .flatMap(records -> records.entrySet().stream())
        .forEach(
            record ->
                offsets
                    .computeIfAbsent(record.getValue(), value -> new ArrayList<>())
                    .add(record.getKey()));
    for (Entry entry : entries) {
      long there = entry.records().stream().filter(sent -> offsets.containsKey(sent.value)).count();
      switch (entry.end()) {
        case COMMITTED ->
            entry.records().forEach(sent -> auditCommitted(sent, offsets, once, journal));
        case ABORTED -> {
          if (there > 0) {
            journal.finding(there + " records of an aborted transaction landed: " + entry);
          }
        }
        case UNKNOWN -> {
          if (there != 0 && there != entry.records().size()) {
            journal.finding("Of a transaction " + there + " records landed: " + entry);
          }
        }
      }
      entry
          .records()
          .forEach(
              sent -> {
                if (once && offsets.getOrDefault(sent.value, List.of()).size() > 1) {
                  journal.finding(sent + " landed at " + offsets.get(sent.value));
                }
              });
    }
  }

  private static void auditCommitted(
      Sent sent, Map<String, List<Long>> offsets, boolean once, Journal journal) {
    List<Long> found = offsets.getOrDefault(sent.value, List.of());
    if (found.isEmpty()) {
      journal.finding(sent + " was acknowledged and did not land");
    } else if (once && sent.offset >= 0 && !found.contains(sent.offset)) {
      journal.finding(sent + " landed at " + found);
    }
  }
}
