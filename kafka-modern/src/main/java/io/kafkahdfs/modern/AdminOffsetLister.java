package io.kafkahdfs.modern;

import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;

/** Asks brokers of Kafka 0.11 and newer; the client asks each leader once. */
final class AdminOffsetLister implements OffsetLister {
  private final Questions questions;
  private final ListOffsetsOptions options;

  AdminOffsetLister(Questions questions, Isolation isolation) {
    this.questions = questions;
    this.options =
        new ListOffsetsOptions(
            isolation == Isolation.READ_COMMITTED
                ? IsolationLevel.READ_COMMITTED
                : IsolationLevel.READ_UNCOMMITTED);
  }

  /** {@inheritDoc} With transactions, partitions end before the first that is not decided. */
  @Override
  public Map<PartitionId, OffsetRange> available(Set<PartitionId> partitions) throws IOException {
    // Asked in this order, so that what retention removes meanwhile does not turn a range around.
    Map<PartitionId, Long> first = offsets(partitions, OffsetSpec.earliest());
    Map<PartitionId, Long> end = offsets(partitions, OffsetSpec.latest());
    Map<PartitionId, OffsetRange> ranges = new HashMap<>();
    for (PartitionId partition : partitions) {
      ranges.put(partition, new OffsetRange(partition, first.get(partition), end.get(partition)));
    }
    return ranges;
  }

  @Override
  public Map<PartitionId, Long> at(Set<PartitionId> partitions, Instant time) throws IOException {
    // Negative numbers mean something else to a broker: -1 the latest, -2 the earliest.
    OffsetSpec spec = OffsetSpec.forTimestamp(Math.max(0, time.toEpochMilli()));
    ListOffsetsResult asked = ask(partitions, spec);
    Map<PartitionId, Long> found = new HashMap<>();
    Set<PartitionId> withoutTimes = new HashSet<>();
    Set<PartitionId> older = new HashSet<>();
    for (PartitionId partition : partitions) {
      ListOffsetsResultInfo info =
          questions.answerUnless(
              UnsupportedForMessageFormatException.class,
              "find the offset of a time in " + partition,
              asked.partitionResult(OffsetLister.kafkaId(partition)));
      if (info == null) {
        withoutTimes.add(partition);
      } else if (info.offset() < 0) {
        older.add(partition);
      } else {
        found.put(partition, info.offset());
      }
    }
    found.putAll(offsets(older, OffsetSpec.latest()));
    found.putAll(offsets(withoutTimes, OffsetSpec.earliest()));
    return found;
  }

  private Map<PartitionId, Long> offsets(Set<PartitionId> partitions, OffsetSpec spec)
      throws IOException {
    ListOffsetsResult asked = ask(partitions, spec);
    Map<PartitionId, Long> offsets = new HashMap<>();
    for (PartitionId partition : partitions) {
      offsets.put(
          partition,
          questions
              .answer(
                  "list the offsets of " + partition,
                  asked.partitionResult(OffsetLister.kafkaId(partition)))
              .offset());
    }
    return offsets;
  }

  private ListOffsetsResult ask(Set<PartitionId> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
    partitions.forEach(partition -> specs.put(OffsetLister.kafkaId(partition), spec));
    return questions.admin().listOffsets(specs, options);
  }
}
