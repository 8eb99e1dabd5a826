package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * What a run does: resolved once, in the driver, and never again.
 *
 * @param partitions all partitions that the load has now, in their order
 * @param vanished partitions that earlier runs loaded and that do not exist any more
 * @param check what was seen of the records before the ranges
 * @param begins whether this is the first run of the load and must be remembered, even if there is
 *     nothing to read: what comes later must not be taken for what was there
 * @param internalTopics names of Kafka's own topics that a pattern matched and that are left out
 */
public record OffsetPlan(
    List<PartitionPlan> partitions,
    List<PartitionId> vanished,
    @AddedLater FingerprintCheck.Result check,
    @AddedLater Boolean begins,
    @AddedLater List<String> internalTopics) {
  public OffsetPlan {
    begins = begins != null && begins;
    internalTopics = internalTopics == null ? List.of() : List.copyOf(internalTopics);
    partitions = List.copyOf(partitions);
    vanished = List.copyOf(vanished);
    StoredValue.distinct("partitions", partitions, PartitionPlan::partition);
    StoredValue.distinct("vanished", vanished, partition -> partition);
    check = check == null ? FingerprintCheck.Result.NONE : check;
  }

  /** A plan whose partitions were not checked. */
  public OffsetPlan(List<PartitionPlan> partitions, List<PartitionId> vanished) {
    this(partitions, vanished, FingerprintCheck.Result.NONE, false, List.of());
  }

  OffsetPlan with(FingerprintCheck.Result checked) {
    return new OffsetPlan(partitions, vanished, checked, begins, internalTopics);
  }

  /** How many offsets are read. */
  public long offsets() {
    return partitions.stream().mapToLong(partition -> partition.range().size()).sum();
  }

  /** How many offsets can be read and are left for later runs, by limits or an end. */
  public long left() {
    return partitions.stream().mapToLong(PartitionPlan::left).sum();
  }

  /**
   * Whether a run would change nothing: no offset to read, none lost, and nothing that must be
   * remembered.
   */
  public boolean changesNothing() {
    return !mustBeRemembered()
        && partitions.stream().allMatch(partition -> partition.until() == partition.from());
  }

  /** Whether the run must commit even if it reads nothing. */
  public boolean mustBeRemembered() {
    return begins || partitions.stream().anyMatch(PartitionPlan::pinned);
  }

  /** Those partitions that have records which cannot be read yet. */
  public List<PartitionPlan> undecided() {
    return partitions.stream().filter(partition -> partition.undecided() > 0).toList();
  }
}
