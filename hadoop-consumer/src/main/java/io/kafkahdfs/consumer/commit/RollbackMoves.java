package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.commit.Standing.Held;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** Finds out which files a rollback moves, and from where. Changes nothing. */
final class RollbackMoves {
  /**
   * Where files are, below a rollback's folder of the trash, that were never in their places: under
   * the names that they waited with, since those of their places may have been the hindrance.
   */
  private static final String UNPUBLISHED = "unpublished";

  private final FileStore store;
  private final StateFolder state;
  private final CommitStore commits;
  private final Standing standing;
  private final long to;
  private final String folder;
  private final List<Commit> passedOver = new ArrayList<>();
  private final List<Rollback.Move> trashed = new ArrayList<>();
  private final List<Rollback.Move> restored = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> purged = new ArrayList<>();
  private Optional<Long> purgedBy = Optional.empty();

  /** Where files of commits that are passed over wait, by the places they may not have taken. */
  private final Map<String, Path> waiting = new HashMap<>();

  private RollbackMoves(FileStore store, StateFolder state, Standing standing, long to) {
    this.store = store;
    this.state = state;
    this.commits = new CommitStore(store, state);
    this.standing = standing;
    this.to = to;
    this.folder = StateFolder.padded(standing.last() + 1);
  }

  /**
   * The moves from what stands to what an earlier commit had made of it.
   *
   * @throws LoaderException if a rollback is not published that this one would have to pass over,
   *     and it has not gathered its files yet
   */
  static RollbackMoves of(FileStore store, StateFolder state, Standing standing, long to)
      throws IOException {
    RollbackMoves moves = new RollbackMoves(store, state, standing, to);
    moves.passOver();
    moves.choose();
    return moves;
  }

  /**
   * Paths below the output root of files that should go into the trash and are nowhere, or that
   * should come back and were missing already when they left.
   */
  List<String> missing() {
    return missing;
  }

  /** Paths below the output root of files that should come back and are not in the trash. */
  List<String> purged() {
    return purged;
  }

  /** The last commit that has purged some of them; empty if they were removed by other means. */
  Optional<Long> purgedBy() {
    return purgedBy;
  }

  /** The rollback's folder in the trash; empty if it puts nothing there. */
  Optional<String> folder() {
    return trashed.isEmpty() ? Optional.empty() : Optional.of(folder);
  }

  Rollback rollback() {
    return new Rollback(
        to, trashed, restored, true, passedOver.stream().map(Commit::number).toList());
  }

  /** Commits that are not published, for whatever reason, and do not stand after the rollback. */
  private void passOver() throws IOException {
    TrashStep trash = new TrashStep(store, state);
    Set<Long> kept = standing.numbersAt(to);
    for (long number : commits.list().unpublished()) {
      if (number > standing.last() || kept.contains(number)) {
        continue;
      }
      Commit commit = commits.read(number);
      if (!trash.isDone(commit)) {
        throw new LoaderException(
            ExitCode.FAILURE,
            "Commit "
                + number
                + " has not put all its files into the trash yet, so nothing can pass over it."
                + " recover does the rest; then run this again. Nothing was changed.");
      }
      passedOver.add(commit);
      waiting.putAll(trash.waiting(commit));
    }
  }

  private void choose() throws IOException {
    Map<String, Held> before = standing.filesAt(standing.last());
    Map<String, Held> after = standing.filesAt(to);
    for (Map.Entry<String, Held> entry : before.entrySet()) {
      if (!entry.getValue().equals(after.get(entry.getKey()))) {
        remove(entry.getKey(), entry.getValue().file().bytes());
      }
    }
    for (Map.Entry<String, Held> entry : after.entrySet()) {
      if (!entry.getValue().equals(before.get(entry.getKey()))) {
        bringBack(entry.getKey(), entry.getValue());
      }
    }
    Set<String> chosen = new HashSet<>();
    restored.forEach(move -> chosen.add(move.path()));
    for (Commit commit : passedOver) {
      // What a rollback that is passed over was to bring back, and what stays, comes back now.
      for (Rollback.Move move : commit.rollback().map(Rollback::restored).orElse(List.of())) {
        if (after.containsKey(move.path())
            && after.get(move.path()).equals(before.get(move.path()))
            && chosen.add(move.path())) {
          restored.add(move);
        }
      }
    }
  }

  private void remove(String path, long bytes) throws IOException {
    Path source = waiting.get(path);
    // First where it waits: from there it can only go to its place.
    if (source != null && stands(source)) {
      trashed.add(new Rollback.Move(path, folder + "/" + UNPUBLISHED + "/" + below(source), bytes));
    } else if (stands(new Path(state.root(), path))) {
      trashed.add(new Rollback.Move(path, folder + "/" + path, bytes));
    } else {
      missing.add(path);
    }
  }

  private String below(Path source) {
    return state.path().toUri().relativize(source.toUri()).getPath();
  }

  private void bringBack(String path, Held held) throws IOException {
    String trash = standing.trashed().get(held);
    if (trash != null && stands(new Path(state.trash(), trash))) {
      restored.add(new Rollback.Move(path, trash, held.file().bytes()));
    } else if (standing.wasGone(held)) {
      missing.add(path);
    } else {
      purged.add(path);
      purgedBy = standing.purged(held).or(() -> purgedBy);
    }
  }

  private boolean stands(Path file) throws IOException {
    return store.entry(file).filter(entry -> !entry.directory()).isPresent();
  }
}
