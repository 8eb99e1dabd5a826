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
 */
public record OffsetPlan(
    List<PartitionPlan> partitions,
    List<PartitionId> vanished,
    @AddedLater FingerprintCheck.Result check) {
  public OffsetPlan {
    partitions = List.copyOf(partitions);
    vanished = List.copyOf(vanished);
    StoredValue.distinct("partitions", partitions, PartitionPlan::partition);
    StoredValue.distinct("vanished", vanished, partition -> partition);
    check = check == null ? FingerprintCheck.Result.NONE : check;
  }

  /** A plan whose partitions were not checked. */
  public OffsetPlan(List<PartitionPlan> partitions, List<PartitionId> vanished) {
    this(partitions, vanished, FingerprintCheck.Result.NONE);
  }

  OffsetPlan with(FingerprintCheck.Result checked) {
    return new OffsetPlan(partitions, vanished, checked);
  }

  /** How many offsets are read. */
  public long offsets() {
    return partitions.stream().mapToLong(partition -> partition.range().size()).sum();
  }

  /**
   * Whether a run would change nothing: no offset to read, none lost, and no beginning that must be
   * remembered.
   */
  public boolean changesNothing() {
    return partitions.stream()
        .allMatch(partition -> partition.until() == partition.from() && !partition.pinned());
  }
}
