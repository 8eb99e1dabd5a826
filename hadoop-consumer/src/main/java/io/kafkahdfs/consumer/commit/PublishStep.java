package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
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
 */
public final class PublishStep {
  private final FileStore store;
  private final StateFolder state;

  public PublishStep(FileStore store, StateFolder state) {
    this.store = store;
    this.state = state;
  }

  /**
   * A file on its way.
   *
   * @param bytes its length
   */
  private record Step(Path from, Path to, long bytes) {}

  /**
   * @throws LoaderException if a file is neither where it was nor where it belongs, or another one
   *     stands there
   */
  public void publish(Commit commit) throws IOException {
    Set<Path> folders = new HashSet<>();
    for (Step step : steps(commit)) {
      if (folders.add(step.to().getParent())) {
        store.mkdirs(step.to().getParent());
      }
      move(commit, step);
    }
    new CommitStore(store, state).markPublished(commit.number());
    store.delete(state.run(commit.run()).path());
  }

  private List<Step> steps(Commit commit) {
    List<Step> steps = new ArrayList<>();
    Commit.Rollback rollback = commit.change() == null ? null : commit.change().rollback();
    if (rollback != null) {
      // The trash first: what comes back may have the name of what goes.
      for (Commit.Move move : rollback.trashed()) {
        steps.add(new Step(inPlace(move.path()), inTrash(move), move.bytes()));
      }
      for (Commit.Move move : rollback.restored()) {
        steps.add(new Step(inTrash(move), inPlace(move.path()), move.bytes()));
      }
    }
    RunFolder run = state.run(commit.run());
    for (Commit.File file : commit.files()) {
      steps.add(
          new Step(new Path(run.attempts(), file.staged()), inPlace(file.path()), file.bytes()));
    }
    return steps;
  }

  private Path inPlace(String path) {
    return new Path(state.root(), path);
  }

  private Path inTrash(Commit.Move move) {
    return new Path(state.trash(), move.trash());
  }

  private void move(Commit commit, Step step) throws IOException {
    try {
      store.rename(step.from(), step.to());
    } catch (FileNotFoundException e) {
      if (!hasArrived(step)) {
        throw new LoaderException(
            ExitCode.FAILURE,
            "A file of commit "
                + commit.number()
                + " belongs to "
                + step.to()
                + " ("
                + step.bytes()
                + " bytes), but it is neither there nor at "
                + step.from()
                + ": somebody removed it. Put it back from the trash or a snapshot and run again.",
            e);
      }
    } catch (FileAlreadyExistsException e) {
      // What is left at the old place is either the same, or came there later; the run's folder
      // is removed with all that is in it.
      if (!hasArrived(step)) {
        throw new LoaderException(
            ExitCode.FAILURE,
            "Cannot put a file of commit "
                + commit.number()
                + " to "
                + step.to()
                + ": another file of that name stands there, which no commit has landed. Move it"
                + " out of the way and run again.",
            e);
      }
    }
  }

  private boolean hasArrived(Step step) throws IOException {
    Optional<FileEntry> entry = store.entry(step.to());
    return entry.isPresent() && entry.get().length() == step.bytes();
  }
}
