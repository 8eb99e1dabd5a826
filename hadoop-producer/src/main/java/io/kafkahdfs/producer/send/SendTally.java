package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.RecordDigest;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.commit.TransactionNote;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what is acknowledged, by partition, and continues what earlier attempts counted.
 * Acknowledgements come on the senders' threads; all else is asked by one thread.
 */
final class SendTally {
  /** Each of them would do; several in case that records were removed. */
  private static final int MOST_WITNESSES = 4;

  private final Map<PartitionId, SplitReport.Partition> before = new TreeMap<>();
  private final Map<PartitionId, Partition> partitions = new ConcurrentHashMap<>();

  /** For a split that nothing was sent of. */
  SendTally() {
    this(List.of());
  }

  /**
   * @param before what earlier attempts counted
   */
  SendTally(List<SplitReport.Partition> before) {
    for (SplitReport.Partition partition : before) {
      this.before.put(new PartitionId(partition.topic(), partition.partition()), partition);
    }
  }

  /** What counts a record that is sent to a topic. */
  RecordSender.Acknowledgement of(String topic, long hash) {
    return (partition, offset) ->
        partitions
            .computeIfAbsent(new PartitionId(topic, partition), this::begin)
            .acknowledged(offset, hash);
  }

  private Partition begin(PartitionId id) {
    return new Partition(before.get(id));
  }

  /** What was sent to each partition, by this attempt and those before it. */
  List<SplitReport.Partition> partitions() {
    SortedMap<PartitionId, SplitReport.Partition> all = new TreeMap<>(before);
    partitions.forEach((id, partition) -> all.put(id, partition.sum(id)));
    return List.copyOf(all.values());
  }

  /** How many records of this attempt were acknowledged. */
  long sum() {
    return partitions.values().stream().mapToLong(Partition::count).sum();
  }

  /**
   * The last records of some partitions that were acknowledged since this was asked before, and
   * whose offsets are known.
   */
  List<TransactionNote.Witness> witnesses() {
    List<TransactionNote.Witness> witnesses = new ArrayList<>();
    partitions.forEach(
        (id, partition) -> {
          TransactionNote.Witness last = partition.takeLast(id);
          if (last != null && witnesses.size() < MOST_WITNESSES) {
            witnesses.add(last);
          }
        });
    return witnesses;
  }

  private static final class Partition {
    private final RecordDigest digest;
    private final long before;
    private long lastOffset = RecordSender.Acknowledgement.UNKNOWN_OFFSET;
    private long lastHash;

    Partition(SplitReport.Partition before) {
      this.digest = RecordDigest.from(before);
      this.before = digest.records();
    }

    synchronized void acknowledged(long offset, long hash) {
      digest.add(hash);
      if (offset != RecordSender.Acknowledgement.UNKNOWN_OFFSET) {
        lastOffset = offset;
        lastHash = hash;
      }
    }

    synchronized long count() {
      return digest.records() - before;
    }

    synchronized SplitReport.Partition sum(PartitionId id) {
      return digest.partition(id.topic(), id.partition());
    }

    synchronized TransactionNote.Witness takeLast(PartitionId id) {
      if (lastOffset == RecordSender.Acknowledgement.UNKNOWN_OFFSET) {
        return null;
      }
      TransactionNote.Witness witness =
          new TransactionNote.Witness(
              id.topic(), id.partition(), lastOffset, HexFormat.of().toHexDigits(lastHash));
      lastOffset = RecordSender.Acknowledgement.UNKNOWN_OFFSET;
      return witness;
    }
  }
}
