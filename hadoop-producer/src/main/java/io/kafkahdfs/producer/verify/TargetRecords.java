package io.kafkahdfs.producer.verify;

import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.plan.TargetNote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an export can have sent, as consumers of committed records see it: of each partition what
 * comes behind the end that the plan noted, and before that of the next round.
 */
final class TargetRecords {
  private static final ReadSettings READING =
      new ReadSettings(1 << 20, Integer.MAX_VALUE, 4).with(Isolation.READ_COMMITTED);

  private final KafkaCluster cluster;
  private final List<OffsetRange> ranges;
  private final List<String> gone;

  private TargetRecords(KafkaCluster cluster, List<OffsetRange> ranges, List<String> gone) {
    this.cluster = cluster;
    this.ranges = ranges;
    this.gone = gone;
  }

  /**
   * @param next how the target was when the same was sent once more
   */
  static TargetRecords of(KafkaCluster cluster, Receipt receipt, Optional<TargetNote> next)
      throws IOException {
    Set<String> topics = new TreeSet<>();
    receipt.partitions().stream().map(SplitReport.Partition::topic).forEach(topics::add);
    Optional<TargetNote> noted = Optional.ofNullable(receipt.target());
    noted.ifPresent(note -> note.topics().forEach(topic -> topics.add(topic.topic())));
    List<OffsetRange> ranges = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    if (!topics.isEmpty()) {
      for (PartitionSnapshot snapshot :
          cluster.describe(TopicFilter.of(topics.toArray(String[]::new))).partitions().values()) {
        PartitionId partition = snapshot.partition();
        OffsetRange now = snapshot.readable();
        long from = noted.flatMap(note -> note.end(partition)).orElse(0L);
        long until = next.flatMap(note -> note.end(partition)).orElse(now.until());
        if (now.from() > from) {
          gone.add(
              "offsets " + from + " to " + (now.from() - 1) + " of " + partition + " are removed");
        }
        long first = Math.max(from, now.from());
        ranges.add(
            new OffsetRange(partition, first, Math.max(first, Math.min(until, now.until()))));
      }
    }
    return new TargetRecords(cluster, ranges, gone);
  }

  /** What retention removed of it, in words. */
  List<String> gone() {
    return gone;
  }

  /** Takes records one by one. */
  @FunctionalInterface
  interface Sink {
    void take(PartitionId partition, KafkaRecord record);
  }

  /** Reads all of them, partition by partition. */
  void read(Sink sink) throws IOException {
    if (ranges.isEmpty()) {
      return;
    }
    try (RangeReader reader = cluster.read(ranges, READING)) {
      KafkaRecord record = new KafkaRecord();
      do {
        for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
          while (batch.next(record)) {
            sink.take(record.partition(), record);
          }
        }
      } while (reader.nextRange());
    }
  }
}
