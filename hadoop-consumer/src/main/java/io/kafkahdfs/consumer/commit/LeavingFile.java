package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.state.MayBeNull;
import io.kafkahdfs.state.StoredValue;
import java.util.Optional;

/**
 * A file that a commit takes out of the output.
 *
 * @param path where it stood, below the output root
 * @param trash where it is now, below the trash folder, until that is emptied; null if it was gone
 *     already
 * @param bytes its length
 * @param commit the one that has landed it
 * @param records in it
 */
public record LeavingFile(
    String path, @MayBeNull String trash, long bytes, long commit, long records) {
  public LeavingFile {
    StoredValue.below(path);
    StoredValue.notNegative(path, bytes, commit, records);
    if (trash != null) {
      new Rollback.Move(path, trash, bytes);
    }
  }

  /**
   * A file that leaves by a commit.
   *
   * @param there whether it is in its place, and goes into the trash
   * @param by the number of the commit
   */
  static LeavingFile of(Standing.Held held, boolean there, long by) {
    LandedFile file = held.file();
    return new LeavingFile(
        file.path(),
        there ? StateFolder.padded(by) + "/" + file.path() : null,
        file.bytes(),
        held.commit(),
        file.records());
  }

  /** Its way into the trash; empty if it was gone already. */
  Optional<Rollback.Move> move() {
    return Optional.ofNullable(trash).map(place -> new Rollback.Move(path, place, bytes));
  }
}
