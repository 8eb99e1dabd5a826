package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.offset.Checkpoint;
import io.kafkahdfs.offset.PartitionId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What earlier runs tell the planner.
 *
 * @param checkpoint where they ended
 * @param bytesPerRecord bytes of key and value of a record, as they saw it, by partition
 * @param fingerprints of the last record that they read, or saw, before the checkpoint, by
 *     partition; of partitions that are not in it nothing is known
 * @param watched what they looked at; empty for a load that never ran, or went back to before its
 *     first run
 * @param undecided what they saw undecided, by partition
 */
public record History(
    Checkpoint checkpoint,
    Map<PartitionId, Double> bytesPerRecord,
    Map<PartitionId, RecordFingerprint> fingerprints,
    Optional<Watched> watched,
    Map<PartitionId, Undecided> undecided) {
  /** A load that never ran. */
  public static final History NONE =
      new History(Checkpoint.NONE, Map.of(), Map.of(), Optional.empty(), Map.of());

  public History {
    bytesPerRecord = Map.copyOf(bytesPerRecord);
    fingerprints = Map.copyOf(fingerprints);
    undecided = Map.copyOf(undecided);
  }

  /**
   * The first record of a transaction that was neither committed nor aborted.
   *
   * @param offset where it is
   * @param since when a run first saw it there, ISO 8601
   */
  public record Undecided(long offset, String since) {}

  /** When a run first saw that an offset is undecided; empty if none did. */
  public Optional<String> undecidedSince(PartitionId partition, long offset) {
    return Optional.ofNullable(undecided.get(partition))
        .filter(seen -> seen.offset() == offset)
        .map(Undecided::since);
  }

  /** The topics that were ever loaded. */
  public Set<String> topics() {
    return checkpoint.nextOffsets().keySet().stream()
        .map(PartitionId::topic)
        .collect(Collectors.toSet());
  }
}
