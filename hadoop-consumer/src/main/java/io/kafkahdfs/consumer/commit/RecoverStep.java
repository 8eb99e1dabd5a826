package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Clears up after runs that died: rolls forward what they committed and did not publish, and
 * removes what they did not commit.
 *
 * <p>The order matters. A run that is taken for dead may be alive and about to commit. So first its
 * permit is removed: from then on it cannot commit any more. Only then is looked what has been
 * committed, and what has not is removed.
 */
public final class RecoverStep {
  private final FileStore store;
  private final StateFolder state;

  public RecoverStep(FileStore store, StateFolder state) {
    this.store = store;
    this.state = state;
  }

  /**
   * What was found.
   *
   * @param published numbers of commits that were rolled forward
   * @param removed ids of runs whose remains were removed
   */
  public record Recovered(List<Long> published, List<String> removed) {}

  /** Only for the run that holds the lock; safe, but unkind, if another one is alive. */
  public Recovered recover() throws IOException {
    CommitStore commits = new CommitStore(store, state);
    // What this version does not understand it does not touch.
    commits.last();
    List<FileEntry> remains = store.list(state.staging());
    for (FileEntry entry : remains) {
      store.delete(state.run(entry.name()).permit());
    }
    List<Long> published = new ArrayList<>();
    List<String> publishedRuns = new ArrayList<>();
    for (long number : commits.list().unpublished()) {
      Commit commit = commits.read(number);
      new PublishStep(store, state).publish(commit);
      published.add(number);
      publishedRuns.add(commit.run());
    }
    List<String> removed = new ArrayList<>();
    for (FileEntry entry : remains) {
      RunFolder run = state.run(entry.name());
      store.delete(run.path());
      if (!publishedRuns.contains(run.id())) {
        removed.add(run.id());
      }
    }
    return new Recovered(published, removed);
  }
}
