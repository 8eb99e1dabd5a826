package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.state.MayBeNull;
import io.kafkahdfs.state.StoredValue;
import java.util.List;
import java.util.Optional;

/**
 * Files that left the output on purpose. Their records stay landed: they are not read again.
 *
 * @param reason which files were to go, as it was asked for
 * @param files those that went, by their paths
 */
public record Forgotten(String reason, List<File> files) {
  public Forgotten {
    files = List.copyOf(files);
    if (reason.isEmpty()) {
      throw new IllegalArgumentException("What was forgotten has a reason");
    }
    StoredValue.distinct("forgotten", files, File::path);
  }

  /**
   * A file that went.
   *
   * @param path where it stood, below the output root
   * @param trash where it is now, below the trash folder, until that is emptied; null if it was
   *     gone already
   * @param bytes its length
   * @param commit the one that has landed it
   * @param records in it
   */
  public record File(String path, @MayBeNull String trash, long bytes, long commit, long records) {
    public File {
      StoredValue.below(path);
      StoredValue.notNegative(path, bytes, commit, records);
      if (trash != null) {
        new Rollback.Move(path, trash, bytes);
      }
    }

    /** Its way into the trash; empty if it was gone already. */
    Optional<Rollback.Move> move() {
      return Optional.ofNullable(trash).map(place -> new Rollback.Move(path, place, bytes));
    }
  }
}
