package io.kafkahdfs.consumer.commit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.MayBeNull;
import io.kafkahdfs.state.StoredValue;
import java.util.List;
import java.util.Optional;

/**
 * What somebody changed by hand.
 *
 * @param why in their words
 * @param rollback null if the output was not taken back
 * @param offsets that were set; empty for a rollback
 * @param purged the folders of the trash that were removed, by name: what is in them cannot come
 *     back any more, whether they are gone yet or not; null if none
 * @param forgotten files that left on purpose; null if none
 * @param compacted files that were merged into those of the commit; null if none
 * @param repaired files that were missing, and loaded again; null if none
 */
public record ManualChange(
    @MayBeNull String why,
    @MayBeNull Rollback rollback,
    List<OffsetEdit> offsets,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) List<String> purged,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Forgotten forgotten,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Compacted compacted,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Repaired repaired) {
  public ManualChange {
    offsets = List.copyOf(offsets);
    purged = purged == null || purged.isEmpty() ? null : List.copyOf(purged);
    for (String folder : purged == null ? List.<String>of() : purged) {
      StoredValue.below(folder);
      if (folder.indexOf('/') >= 0) {
        throw new IllegalArgumentException(folder + " is no folder of the trash");
      }
    }
  }

  /** Nothing is purged. */
  public ManualChange(String why, Rollback rollback, List<OffsetEdit> offsets) {
    this(why, rollback, offsets, null, null, null, null);
  }

  /** Which files it chose, as it was asked for; empty for changes that choose none. */
  public Optional<String> reason() {
    return Optional.ofNullable(forgotten)
        .map(Forgotten::reason)
        .or(() -> Optional.ofNullable(compacted).map(Compacted::reason))
        .or(() -> Optional.ofNullable(repaired).map(Repaired::reason));
  }

  /** The files whose records are in those of the commit. */
  List<LeavingFile> replaced() {
    if (compacted != null) {
      return compacted.files();
    }
    return repaired == null ? List.of() : repaired.files();
  }

  /**
   * @throws IllegalArgumentException if the files that were landed have not as many records
   */
  void check(List<LandedFile> landed) {
    if (compacted == null && repaired == null) {
      return;
    }
    long before = replaced().stream().mapToLong(LeavingFile::records).sum();
    long after = landed.stream().mapToLong(LandedFile::records).sum();
    if (before != after) {
      throw new IllegalArgumentException(
          "files of " + before + " records were replaced by files of " + after);
    }
  }

  /**
   * The number of the commit that one builds on.
   *
   * @param number its own
   * @param change null if it is none
   */
  static long base(long number, ManualChange change) {
    return change != null && change.rollback() != null ? change.rollback().to() : number - 1;
  }

  static ManualChange ofPurged(String why, List<String> folders) {
    return new ManualChange(why, null, List.of(), folders, null, null, null);
  }

  static ManualChange ofForgotten(String why, Forgotten forgotten) {
    return new ManualChange(why, null, List.of(), null, forgotten, null, null);
  }

  static ManualChange ofCompacted(String why, Compacted compacted) {
    return new ManualChange(why, null, List.of(), null, null, compacted, null);
  }

  static ManualChange ofRepaired(String why, Repaired repaired) {
    return new ManualChange(why, null, List.of(), null, null, null, repaired);
  }

  /**
   * A next offset that was set.
   *
   * @param from what it was; null if the partition was never loaded
   */
  public record OffsetEdit(String topic, int partition, @MayBeNull Long from, long to) {
    public OffsetEdit {
      StoredValue.notNegative(
          new PartitionId(topic, partition).toString(), from == null ? 0 : from, to);
    }

    public PartitionId id() {
      return new PartitionId(topic, partition);
    }
  }
}
