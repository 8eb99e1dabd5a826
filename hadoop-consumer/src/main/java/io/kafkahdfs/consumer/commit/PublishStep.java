package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * Puts the files of a commit into their final places, and then removes what the run kept. Every
 * part of it can be repeated, by this run or by another, also by both at once.
 */
public final class PublishStep {
  private final FileStore store;
  private final StateFolder state;

  public PublishStep(FileStore store, StateFolder state) {
    this.store = store;
    this.state = state;
  }

  /**
   * @throws LoaderException if a file is neither where it was written nor where it belongs, or
   *     another one stands there
   */
  public void publish(Commit commit) throws IOException {
    RunFolder run = state.run(commit.run());
    Set<Path> folders = new HashSet<>();
    for (Commit.File file : commit.files()) {
      Path staged = new Path(run.attempts(), file.staged());
      Path target = new Path(state.root(), file.path());
      if (folders.add(target.getParent())) {
        store.mkdirs(target.getParent());
      }
      publish(commit, file, staged, target);
    }
    new CommitStore(store, state).markPublished(commit.number());
    store.delete(run.path());
  }

  private void publish(Commit commit, Commit.File file, Path staged, Path target)
      throws IOException {
    try {
      store.rename(staged, target);
    } catch (FileNotFoundException e) {
      if (!standsAt(target, file)) {
        throw new LoaderException(
            ExitCode.FAILURE,
            "Commit "
                + commit.number()
                + " has landed "
                + target
                + " ("
                + file.bytes()
                + " bytes), but it is neither there nor at "
                + staged
                + ": somebody removed it. Put it back from the trash or a snapshot and run again.",
            e);
      }
    } catch (FileAlreadyExistsException e) {
      if (!standsAt(target, file)) {
        throw new LoaderException(
            ExitCode.FAILURE,
            "Cannot put a file of commit "
                + commit.number()
                + " to "
                + target
                + ": another file of that name stands there, which no commit has landed. Move it"
                + " out of the way and run again.",
            e);
      }
      store.delete(staged);
    }
  }

  private boolean standsAt(Path target, Commit.File file) throws IOException {
    Optional<FileEntry> entry = store.entry(target);
    return entry.isPresent() && entry.get().length() == file.bytes();
  }
}
