package io.kafkahdfs.modern.admin;

import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.modern.connection.KafkaId;
import io.kafkahdfs.modern.connection.Questions;
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
  private final Isolation isolation;

  AdminOffsetLister(Questions questions, Isolation isolation) {
    this.questions = questions;
    this.isolation = isolation;
  }

  /** {@inheritDoc} With transactions, what can be read ends before the first not decided. */
  @Override
  public Map<PartitionId, Ends> ends(Set<PartitionId> partitions) throws IOException {
    // Asked in this order, so that what retention removes meanwhile does not turn a range around,
    // and so that what is written meanwhile is not taken for undecided.
    Map<PartitionId, Long> first = offsets(partitions, OffsetSpec.earliest(), isolation);
    Map<PartitionId, Long> written =
        offsets(partitions, OffsetSpec.latest(), Isolation.READ_UNCOMMITTED);
    Map<PartitionId, Long> readable =
        isolation == Isolation.READ_UNCOMMITTED
            ? written
            : offsets(partitions, OffsetSpec.latest(), isolation);
    Map<PartitionId, Ends> ends = new HashMap<>();
    for (PartitionId partition : partitions) {
      long until = readable.get(partition);
      ends.put(
          partition,
          new Ends(
              new OffsetRange(partition, first.get(partition), until),
              Math.max(until, written.get(partition))));
    }
    return ends;
  }

  @Override
  public Map<PartitionId, Long> at(Set<PartitionId> partitions, Instant time) throws IOException {
    // Negative numbers mean something else to a broker: -1 the latest, -2 the earliest.
    OffsetSpec spec = OffsetSpec.forTimestamp(Math.max(0, time.toEpochMilli()));
    ListOffsetsResult asked = ask(partitions, spec, isolation);
    Map<PartitionId, Long> found = new HashMap<>();
    Set<PartitionId> withoutTimes = new HashSet<>();
    Set<PartitionId> older = new HashSet<>();
    for (PartitionId partition : partitions) {
      ListOffsetsResultInfo info =
          questions.answerUnless(
              UnsupportedForMessageFormatException.class,
              "find the offset of a time in " + partition,
              asked.partitionResult(KafkaId.of(partition)));
      if (info == null) {
        withoutTimes.add(partition);
      } else if (info.offset() < 0) {
        older.add(partition);
      } else {
        found.put(partition, info.offset());
      }
    }
    found.putAll(offsets(older, OffsetSpec.latest(), isolation));
    found.putAll(offsets(withoutTimes, OffsetSpec.earliest(), isolation));
    return found;
  }

  private Map<PartitionId, Long> offsets(
      Set<PartitionId> partitions, OffsetSpec spec, Isolation seen) throws IOException {
    ListOffsetsResult asked = ask(partitions, spec, seen);
    Map<PartitionId, Long> offsets = new HashMap<>();
    for (PartitionId partition : partitions) {
      offsets.put(
          partition,
          questions
              .answer(
                  "list the offsets of " + partition, asked.partitionResult(KafkaId.of(partition)))
              .offset());
    }
    return offsets;
  }

  private ListOffsetsResult ask(Set<PartitionId> partitions, OffsetSpec spec, Isolation seen) {
    Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
    partitions.forEach(partition -> specs.put(KafkaId.of(partition), spec));
    IsolationLevel level =
        seen == Isolation.READ_COMMITTED
            ? IsolationLevel.READ_COMMITTED
            : IsolationLevel.READ_UNCOMMITTED;
    return questions.admin().listOffsets(specs, new ListOffsetsOptions(level));
  }
}
