package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.consumer.plan.Watched;
import io.kafkahdfs.offset.Checkpoint;
import io.kafkahdfs.offset.PartitionId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes out of a commit what the next run's planner must know. */
final class CommitHistory {
  private CommitHistory() {}

  static History of(Commit commit) {
    Map<PartitionId, Long> offsets = new TreeMap<>();
    Map<PartitionId, Double> bytes = new TreeMap<>();
    Map<PartitionId, History.Undecided> undecided = new TreeMap<>();
    Map<PartitionId, RecordFingerprint> fingerprints = new TreeMap<>();
    for (Commit.Next entry : commit.next()) {
      PartitionId partition = entry.id();
      offsets.put(partition, entry.offset());
      if (entry.bytesPerRecord() != null) {
        bytes.put(partition, entry.bytesPerRecord());
      }
      if (entry.fingerprint() != null) {
        fingerprints.put(partition, entry.fingerprint());
      }
      if (entry.undecidedSince() != null && entry.end() != null) {
        undecided.put(partition, new History.Undecided(entry.end(), entry.undecidedSince()));
      }
    }
    // A rollback to before the first run leaves nothing: the next run is the first one again.
    Optional<Watched> watched =
        commit.begun() == null && commit.next().isEmpty()
            ? Optional.empty()
            : Optional.of(new Watched(commit.load().filter(), commit.begun() != null));
    return new History(
        Checkpoint.NONE.advancedTo(offsets), bytes, fingerprints, watched, undecided);
  }
}
