package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what a change takes out of the output into the trash: gathers it in the run's own folder,
 * and makes that the change's folder of the trash in one rename. A process that wakes after that
 * rename has no folder to move a file to, whatever stands in the file's old place by then.
 */
final class TrashStep {
  private static final Logger LOG = LoggerFactory.getLogger(TrashStep.class);

  private final FileStore store;
  private final StateFolder state;

  TrashStep(FileStore store, StateFolder state) {
    this.store = store;
    this.state = state;
  }

  /** Makes the folders to gather in. Only before the commit point. */
  void prepare(RunFolder run, List<Rollback.Move> trashed) throws IOException {
    for (Path folder :
        trashed.stream()
            .map(move -> new Path(run.gathering(), move.below()).getParent())
            .distinct()
            .toList()) {
      store.mkdirs(folder);
    }
  }

  /** Repeatable, also by several at once. */
  void trash(Commit commit) throws IOException {
    List<Rollback.Move> trashed = commit.trashed();
    if (trashed.isEmpty()) {
      return;
    }
    if (!isGathered(commit)) {
      trashOneByOne(commit.rollback().orElseThrow());
      return;
    }
    RunFolder run = state.run(commit.run());
    Map<String, Path> waiting = waiting(passedOver(commit));
    for (Rollback.Move move : trashed) {
      Path place = new Path(state.root(), move.path());
      Path source = waiting.getOrDefault(move.path(), place);
      Path target = new Path(run.gathering(), move.below());
      // Its own run may be alive and put it into its place: it is there then.
      if (!moved(source, target) && (source.equals(place) || !moved(place, target))) {
        LOG.info("{} is in the trash already, or somebody removed it", place);
      }
    }
    store.mkdirs(state.trash());
    try {
      store.rename(run.gathering(), new Path(state.trash(), trashed.get(0).folder()));
    } catch (FileNotFoundException | FileAlreadyExistsException e) {
      LOG.debug("Others have done that", e);
    }
  }

  /** The folders that are in the trash. */
  List<String> folders() throws IOException {
    return store.list(state.trash()).stream().map(FileEntry::name).toList();
  }

  /**
   * Removes what a commit purges. Repeatable: none of these folders ever comes again, and since the
   * commit was made nobody brings anything back from them.
   */
  void purge(Commit commit) throws IOException {
    for (String folder : commit.purged()) {
      store.delete(new Path(state.trash(), folder));
    }
  }

  /** Whether all that a commit trashes, if it trashes anything, is in the trash. */
  boolean isDone(Commit commit) throws IOException {
    List<Rollback.Move> trashed = commit.trashed();
    return trashed.isEmpty()
        || isGathered(commit)
            && store.entry(new Path(state.trash(), trashed.get(0).folder())).isPresent();
  }

  private static boolean isGathered(Commit commit) {
    return commit.rollback().map(Rollback::gathered).orElse(true);
  }

  private static List<Long> passedOver(Commit commit) {
    return commit.rollback().map(Rollback::passedOver).orElse(List.of());
  }

  /** Where files of commits that are passed over may still wait, by the places they never took. */
  private Map<String, Path> waiting(List<Long> passedOver) throws IOException {
    CommitStore commits = new CommitStore(store, state);
    Map<String, Path> waiting = new HashMap<>();
    for (long number : passedOver) {
      waiting.putAll(waiting(commits.read(number)));
    }
    return waiting;
  }

  /** Where the files of a commit wait until it is published, by their paths. */
  Map<String, Path> waiting(Commit commit) {
    Map<String, Path> waiting = new HashMap<>();
    RunFolder run = state.run(commit.run());
    commit
        .files()
        .forEach(file -> waiting.put(file.path(), new Path(run.attempts(), file.staged())));
    for (Rollback.Move move : commit.rollback().map(Rollback::restored).orElse(List.of())) {
      waiting.put(move.path(), new Path(state.trash(), move.trash()));
    }
    return waiting;
  }

  /**
   * @return false if it is not there
   */
  private boolean moved(Path source, Path target) throws IOException {
    try {
      store.rename(source, target);
      return true;
    } catch (FileNotFoundException e) {
      return false;
    } catch (FileAlreadyExistsException e) {
      return true;
    }
  }

  /** As versions did it that have made such commits; only to finish one of theirs. */
  private void trashOneByOne(Rollback rollback) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Rollback.Move move : rollback.trashed()) {
      Path target = new Path(state.trash(), move.trash());
      if (!folders.contains(target.getParent())) {
        store.mkdirs(target.getParent());
        folders.add(target.getParent());
      }
      moved(new Path(state.root(), move.path()), target);
    }
  }
}
