package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.StorageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * Puts the files of a commit into their final places, or those of a rollback into the trash and
 * back, and then removes what the run kept. Every part of it can be repeated, by this run or by
 * another, also by both at once.
 *
 * <p>Each move is fenced: it takes its file from a place, or to a place, that vanishes when the
 * commit is published and never comes again. So a process that stalls in here, and wakes when
 * others have done its work and gone on, cannot touch a file of theirs.
 */
final class PublishStep {
  private final FileStore store;
  private final StateFolder state;
  private final CommitStore commits;

  PublishStep(FileStore store, StateFolder state) {
    this.store = store;
    this.state = state;
    this.commits = new CommitStore(store, state);
  }

  /**
   * A file on its way.
   *
   * @param bytes its length
   */
  private record Step(Path from, Path to, long bytes) {}

  /**
   * Publishes a commit; if others have done so, or a rollback has passed over it, nothing happens.
   *
   * @throws CommittedException if it could not be done, or not all of it: the commit stands, and
   *     this can be tried again
   */
  void publish(Commit commit) throws IOException {
    List<Step> steps = List.of();
    int done = 0;
    try {
      new TrashStep(store, state).trash(commit);
      Set<Path> folders = new HashSet<>();
      steps = steps(commit);
      for (Step step : steps) {
        if (folders.add(step.to().getParent())) {
          store.mkdirs(step.to().getParent());
        }
        if (!move(commit, step)) {
          return;
        }
        done++;
      }
      // Last: until here a rollback may bring files back from what it purges.
      new TrashStep(store, state).purge(commit);
      finish(commit);
    } catch (IOException e) {
      throw failure(commit, e, done, steps.size());
    }
  }

  private List<Step> steps(Commit commit) {
    List<Step> steps = new ArrayList<>();
    for (Rollback.Move move : commit.rollback().map(Rollback::restored).orElse(List.of())) {
      steps.add(
          new Step(new Path(state.trash(), move.trash()), inPlace(move.path()), move.bytes()));
    }
    RunFolder run = state.run(commit.run());
    for (LandedFile file : commit.files()) {
      steps.add(
          new Step(new Path(run.attempts(), file.staged()), inPlace(file.path()), file.bytes()));
    }
    return steps;
  }

  private Path inPlace(String path) {
    return new Path(state.root(), path);
  }

  /**
   * @return false if there is nothing left to do: others have published the commit, or passed over
   *     it
   */
  private boolean move(Commit commit, Step step) throws IOException {
    try {
      store.rename(step.from(), step.to());
    } catch (FileNotFoundException e) {
      if (hasArrived(step)) {
        return true;
      }
      if (commits.isSettled(commit.number())) {
        return false;
      }
      throw new LoaderException(
          ExitCode.FAILURE,
          "A file belongs to "
              + step.to()
              + " ("
              + step.bytes()
              + " bytes), but it is neither there nor at "
              + step.from()
              + ": somebody removed it. Put it back from the trash or a snapshot and run again.",
          e);
    } catch (FileAlreadyExistsException e) {
      // What is left at the old place is either the same, or came there later; the run's folder
      // is removed with all that is in it.
      if (!hasArrived(step)) {
        throw new LoaderException(
            ExitCode.FAILURE,
            "Cannot put a file to "
                + step.to()
                + ": another file of that name stands there, which no commit has landed. Move it"
                + " out of the way and run again.",
            e);
      }
    }
    return true;
  }

  private boolean hasArrived(Step step) throws IOException {
    Optional<FileEntry> entry = store.entry(step.to());
    return entry.isPresent() && entry.get().length() == step.bytes();
  }

  private void finish(Commit commit) throws IOException {
    for (long passed : commit.rollback().map(Rollback::passedOver).orElse(List.of())) {
      commits.markPublished(passed);
      store.delete(state.run(commits.read(passed).run()).path());
    }
    commits.markPublished(commit.number());
    store.delete(state.run(commit.run()).path());
  }

  private static CommittedException failure(Commit commit, IOException reason, int done, int all) {
    String where =
        all == 0
            ? "not all of its work is done yet"
            : done + " of its " + all + " files are in their places";
    String wayBack =
        commit.change() == null
            ? ", or go back with rollback --to " + commit.base() + ", which passes over it"
            : "";
    return new CommittedException(
        reason instanceof LoaderException known ? known.exitCode() : ExitCode.HDFS_UNUSABLE,
        commit.number(),
        "Commit "
            + commit.number()
            + " is committed, its offsets with it, but "
            + where
            + ": "
            + StorageFailure.describe(reason)
            + " Once that is mended, the next run or recover does the rest"
            + wayBack
            + ".",
        reason);
  }
}
