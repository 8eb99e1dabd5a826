package io.kafkahdfs.distribution.rounds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Holds against each other what is in Kafka and what is in HDFS, once all is well again. */
final class Audit {
  private final Fleet fleet;
  private final Journal journal;

  Audit(Fleet fleet, Journal journal) {
    this.fleet = fleet;
    this.journal = journal;
  }

  /**
   * A record with all that Kafka knows of it.
   *
   * @param key as ISO 8859-1, so that equal means equal bytes; null if there is none
   * @param timestamp null for brokers that know none
   */
  private record Row(String key, String value, Long timestamp, List<String> headers) {}

  /**
   * Compares what has landed with the topic, byte for byte, and with what producers know.
   *
   * @return how many records have landed
   */
  long load(List<PartitionId> partitions, Path folder, Ledger ledger) throws IOException {
    Map<PartitionId, Map<Long, Row>> landed = landed(folder);
    Map<PartitionId, Map<Long, String>> values = new HashMap<>();
    long count = 0;
    for (PartitionId partition : partitions) {
      Map<Long, Row> expected = new TreeMap<>();
      fleet.kafka().tools().read(partition, (offset, record) -> expected.put(offset, row(record)));
      Map<Long, Row> found = landed.getOrDefault(partition, Map.of());
      expected.forEach(
          (offset, row) -> {
            if (!row.equals(found.get(offset))) {
              journal.finding(
                  "%s at %d is %s in Kafka and %s in HDFS"
                      .formatted(partition, offset, row, found.get(offset)));
            }
          });
      found.keySet().stream()
          .filter(offset -> !expected.containsKey(offset))
          .forEach(offset -> journal.finding(partition + " at " + offset + " is not in Kafka"));
      values.put(
          partition,
          found.entrySet().stream()
              .collect(
                  Collectors.toMap(Map.Entry::getKey, entry -> utf8(entry.getValue().value()))));
      count += found.size();
    }
    ledger.audit(values, fleet.transactions(), journal);
    return count;
  }

  private static Row row(TestRecord record) {
    return new Row(
        latin(record.key()),
        latin(record.value()),
        record.timestamp().isPresent() ? record.timestamp().getAsLong() : null,
        record.headers().stream()
            .map(header -> header.key() + "=" + latin(header.value()))
            .toList());
  }

  private Map<PartitionId, Map<Long, Row>> landed(Path folder) throws IOException {
    Map<PartitionId, Map<Long, Row>> landed = new HashMap<>();
    FileSystem files = FileSystem.get(fleet.hadoop().uri(), fleet.hadoop().configuration());
    RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      try (DataFileStream<GenericRecord> records =
          new DataFileStream<>(files.open(file), new GenericDatumReader<>())) {
        for (GenericRecord record : records) {
          PartitionId partition =
              new PartitionId(record.get("topic").toString(), (Integer) record.get("partition"));
          long offset = (Long) record.get("offset");
          Row row =
              new Row(
                  latin(bytes(record.get("key"))),
                  latin(bytes(record.get("value"))),
                  (Long) record.get("timestamp"),
                  headers(record));
          Row before = landed.computeIfAbsent(partition, id -> new TreeMap<>()).put(offset, row);
          if (before != null) {
            journal.finding(partition + " at " + offset + " landed twice, also in " + file);
          }
        }
      }
    }
    return landed;
  }

  /**
   * Counts what is in the target of exports.
   *
   * @return how many records are there beside each one's first
   */
  long exports(List<PartitionId> targets, List<String> lines) throws IOException {
    Map<String, Integer> found = new HashMap<>();
    for (PartitionId target : targets) {
      fleet
          .kafka()
          .tools()
          .read(target, (offset, record) -> found.merge(utf8(record.value()), 1, Integer::sum));
    }
    for (String line : lines) {
      if (!found.containsKey(line)) {
        journal.finding(line + " was exported and is not in Kafka");
      }
    }
    if (found.size() > lines.size()) {
      journal.finding("The exports' topic holds what none has sent");
    }
    return found.values().stream().mapToLong(times -> times - 1).sum();
  }

  private static List<String> headers(GenericRecord record) {
    return ((List<?>) record.get("headers"))
        .stream()
            .map(GenericRecord.class::cast)
            .map(header -> header.get("key") + "=" + latin(bytes(header.get("value"))))
            .toList();
  }

  private static byte[] bytes(Object field) {
    if (field == null) {
      return null;
    }
    ByteBuffer buffer = (ByteBuffer) field;
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static String latin(byte[] bytes) {
    return bytes == null ? null : new String(bytes, ISO_8859_1);
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static String utf8(String latin) {
    return utf8(latin.getBytes(ISO_8859_1));
  }
}
