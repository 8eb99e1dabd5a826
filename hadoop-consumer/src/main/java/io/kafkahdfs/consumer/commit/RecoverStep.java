package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.StorageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears up after runs that died: rolls forward what they committed and did not publish, and
 * removes what they did not commit.
 *
 * <p>The order matters. A run that is presumed dead may be alive and about to commit. So first its
 * permit is removed: from then on it cannot commit any more. Only then is looked what has been
 * committed, and what has not is removed.
 */
public final class RecoverStep {
  private static final Logger LOG = LoggerFactory.getLogger(RecoverStep.class);

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

  /**
   * What came of it.
   *
   * @param stuck why a commit could not be published, nor what came after it; empty if all were
   */
  public record Attempt(Recovered recovered, Optional<CommittedException> stuck) {}

  /** What there is to recover if nobody works on the output now. Changes nothing. */
  public Recovered look() throws IOException {
    CommitStore commits = new CommitStore(store, state);
    List<Long> unpublished = commits.list().unpublished();
    Set<String> committed = new HashSet<>();
    for (long number : unpublished) {
      committed.add(commits.read(number).run());
    }
    List<String> dead =
        store.list(state.staging()).stream()
            .map(FileEntry::name)
            .filter(run -> !committed.contains(run))
            .toList();
    return new Recovered(unpublished, dead);
  }

  /**
   * Only for the run that holds the lock; safe, but unkind, if another one is alive.
   *
   * @throws CommittedException if a commit could not be published
   */
  public Recovered recover() throws IOException {
    Attempt attempt = attempt();
    if (attempt.stuck().isPresent()) {
      throw attempt.stuck().get();
    }
    return attempt.recovered();
  }

  /** The same, for a rollback, which can pass over a commit that cannot be published. */
  public Attempt attempt() throws IOException {
    CommitStore commits = new CommitStore(store, state);
    // What this version does not understand it does not touch.
    commits.last();
    List<FileEntry> remains = store.list(state.staging());
    for (FileEntry entry : remains) {
      store.delete(state.run(entry.name()).permit());
    }
    List<Commit> unpublished = new ArrayList<>();
    CommitStore.Listing listing = commits.list();
    for (long number : listing.unpublished()) {
      unpublished.add(commits.read(number));
    }
    List<Long> published = new ArrayList<>();
    Set<String> committedRuns = new HashSet<>();
    Set<Long> passedOver = new HashSet<>();
    Optional<CommittedException> stuck = publish(unpublished, published, passedOver);
    Set<String> needed = new HashSet<>();
    for (Commit commit : unpublished) {
      committedRuns.add(commit.run());
      if (!published.contains(commit.number()) && !passedOver.contains(commit.number())) {
        needed.add(commit.run());
      }
    }
    List<String> removed = new ArrayList<>();
    for (FileEntry entry : remains) {
      RunFolder run = state.run(entry.name());
      if (needed.contains(run.id())) {
        continue;
      }
      store.delete(run.path());
      if (!committedRuns.contains(run.id())) {
        removed.add(run.id());
      }
    }
    fold(listing);
    return new Attempt(new Recovered(published, removed), stuck);
  }

  /** Nothing depends on it: what a quota does not allow now must not keep a purge back. */
  private void fold(CommitStore.Listing listing) throws LoaderException {
    try {
      new FoldStep(store, state).fold(listing);
    } catch (LoaderException e) {
      throw e;
    } catch (IOException e) {
      LOG.warn("Cannot fold older commits away; the next run will: {}", StorageFailure.describe(e));
    }
  }

  /**
   * Publishes up to the first that cannot be. What a rollback passes over it settles itself.
   *
   * @param published gets the numbers of those that are published then
   * @param passedOver gets those that a rollback has settled
   */
  private Optional<CommittedException> publish(
      List<Commit> unpublished, List<Long> published, Set<Long> passedOver) throws IOException {
    Set<Long> left = new HashSet<>();
    for (Commit commit : unpublished) {
      commit.rollback().ifPresent(rollback -> left.addAll(rollback.passedOver()));
    }
    for (Commit commit : unpublished) {
      if (left.contains(commit.number())) {
        continue;
      }
      try {
        new CommitLog(store, state).publish(commit);
      } catch (CommittedException e) {
        return Optional.of(e);
      }
      commit.rollback().ifPresent(rollback -> passedOver.addAll(rollback.passedOver()));
      published.add(commit.number());
    }
    return Optional.empty();
  }
}
