package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * The output went back to what an earlier commit had made of it.
 *
 * @param to the earlier commit's number
 * @param trashed files that went into the trash
 * @param restored files that came back from it
 * @param gathered whether the trashed files are gathered in the run's own folder, which then
 *     becomes their folder in the trash; false in commits of versions that moved each by itself
 * @param passedOver commits that were not published when this one was made and never will be: they
 *     do not stand any more, and this one puts their files into the trash from wherever they are
 */
public record Rollback(
    long to,
    List<Move> trashed,
    List<Move> restored,
    @AddedLater Boolean gathered,
    @AddedLater List<Long> passedOver) {
  public Rollback {
    trashed = List.copyOf(trashed);
    restored = List.copyOf(restored);
    gathered = gathered != null && gathered;
    passedOver = passedOver == null ? List.of() : List.copyOf(passedOver);
  }

  /**
   * A file that went into the trash or came back.
   *
   * @param path where it stands when it is not in the trash, below the output root
   * @param trash where it stands when it is, below the trash folder
   * @param bytes its length
   */
  public record Move(String path, String trash, long bytes) {
    public Move {
      StoredValue.below(path);
      StoredValue.below(trash);
      if (trash.indexOf('/') < 0) {
        throw new IllegalArgumentException(trash + " is in no folder of the trash");
      }
      StoredValue.notNegative(path, bytes);
    }

    /** The folder of the trash that it is in: that of one rollback. */
    public String folder() {
      return trash.substring(0, trash.indexOf('/'));
    }

    /** Where it is below that folder. */
    public String below() {
      return trash.substring(trash.indexOf('/') + 1);
    }
  }
}
