package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.StorageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a load has committed, and the way there: {@link #commit} makes a run count, {@link #publish}
 * puts its files into their places, {@link #follow} tells others. Only the first decides; the rest
 * can be repeated by whoever comes next.
 */
public final class CommitLog {
  private static final Logger LOG = LoggerFactory.getLogger(CommitLog.class);

  private final FileStore store;
  private final StateFolder state;
  private final CommitStore commits;

  public CommitLog(FileStore store, StateFolder state) {
    this.store = store;
    this.state = state;
    this.commits = new CommitStore(store, state);
  }

  /** The last commit; empty if there is none yet. */
  public Optional<Commit> last() throws IOException {
    return commits.last();
  }

  /** The commit that a run has made, if it has; looks at them all, the last one first. */
  public Optional<Commit> find(RunFolder run) throws IOException {
    for (long number = commits.list().last(); number > 0; number--) {
      Optional<Commit> commit = find(number, run);
      if (commit.isPresent()) {
        return commit;
      }
    }
    return Optional.empty();
  }

  /** The commit of a number, if there is one and this run has made it. */
  public Optional<Commit> find(long number, RunFolder run) throws IOException {
    return commits.exists(number)
        ? Optional.of(commits.read(number)).filter(commit -> commit.run().equals(run.id()))
        : Optional.empty();
  }

  /**
   * Commits a run. An answer that was lost does not matter: the commit is looked for.
   *
   * @throws LoaderException if another run has committed this number, or has taken this run's
   *     permit away; then nothing has changed
   * @throws IOException if the file system has failed and there is no such commit; whether one
   *     comes into being yet, {@link #settle} decides
   */
  public void commit(Commit commit, RunFolder run) throws IOException {
    // A name of its own: an application master that was presumed dead may be writing another one,
    // and would be renamed with half of it written.
    Path draft = new Path(run.permit(), "commit-" + UUID.randomUUID() + ".json");
    Path place = state.commit(commit.number());
    store.mkdirs(state.commits());
    if (store.entry(place).isPresent()) {
      // Not to be tried: the name is free again when that commit is folded away.
      IOException taken = new FileAlreadyExistsException(place.toString());
      if (isMade(commit, run, taken)) {
        return;
      }
      throw notMade(place, run, taken);
    }
    checkFollows(commit.number(), run);
    byte[] json = Json.writeSealed(new CommitTie(commits, state.recent()).tie(commit));
    try {
      // THE COMMIT POINT: all before this rename is invisible, all after it can be repeated.
      AtomicFile.create(store, draft, place, json);
    } catch (IOException e) {
      if (isMade(commit, run, e)) {
        LOG.info("Commit {} is made, though its rename ended with {}", place, e.toString());
        return;
      }
      throw notMade(place, run, e);
    }
  }

  /**
   * Fences a run that slept while others made so many commits that the one of its number was folded
   * away, so that its place is free again. Whoever folds removes the permits of all runs that are
   * there first, and then moves commits in their order. So if the place was free, and then the
   * commit before it still stands, nobody has made this one yet, or the run's permit is gone.
   */
  private void checkFollows(long number, RunFolder run) throws IOException {
    boolean follows =
        number == 1
            ? store.entry(state.older()).isEmpty()
            : store.entry(state.commit(number - 1)).isPresent();
    if (!follows) {
      Path place = state.commit(number);
      throw notMade(place, run, new FileAlreadyExistsException(place + " was folded away"));
    }
  }

  private boolean isMade(Commit commit, RunFolder run, IOException failure) throws IOException {
    try {
      return find(commit.number(), run).isPresent();
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private static IOException notMade(Path place, RunFolder run, IOException failure) {
    if (failure instanceof FileAlreadyExistsException) {
      return new LoaderException(
          ExitCode.BUSY,
          "Another run committed " + place + " first. Start this one again to continue from there.",
          failure);
    }
    if (failure instanceof FileNotFoundException) {
      return new LoaderException(
          ExitCode.BUSY,
          "Another run took this one ("
              + run.id()
              + ") for dead and removed its permit. Start it again.",
          failure);
    }
    return failure;
  }

  /**
   * Ends a run that has failed: makes sure that it does not commit any more, and then looks whether
   * it has. Only for its driver.
   *
   * @param failure what the run failed with
   * @return its commit; empty if there is none, and then there will be none
   * @throws LoaderException if that cannot be determined now
   */
  public Optional<Commit> settle(long number, RunFolder run, Exception failure)
      throws LoaderException {
    try {
      // The rename, or the whole job, may still be on its way. First it must not succeed any more.
      store.delete(run.permit());
      return find(number, run);
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw new LoaderException(
          ExitCode.HDFS_UNUSABLE,
          "The file system fails ("
              + StorageFailure.describe(e)
              + "), and whether commit "
              + number
              + " was made cannot be determined now. history shows it when the file system works"
              + " again, and the next run resumes from what is committed then: nothing is lost, and"
              + " nothing lands twice. It began with: "
              + message(failure),
          failure);
    }
  }

  private static String message(Exception failure) {
    return failure instanceof IOException io ? StorageFailure.describe(io) : failure.toString();
  }

  /**
   * Puts a commit's files into their places; if others have done so, or a rollback has passed over
   * it, nothing happens.
   *
   * @throws CommittedException if it could not be done, or not all of it: the commit stands, and
   *     this can be tried again
   */
  public void publish(Commit commit) throws IOException {
    new PublishStep(store, state).publish(commit);
  }

  /**
   * Carries out those of the steps that were not carried out yet for a published commit. One that
   * fails keeps no other back, and does not touch the commit; the next run tries it again.
   *
   * @param commit the last one
   * @return what could not be done, for people
   */
  public List<String> follow(Commit commit, List<AfterCommitStep> steps) {
    List<String> problems = new ArrayList<>();
    for (AfterCommitStep step : steps) {
      try {
        if (step.isDone(commit)) {
          LOG.debug("{} was done for commit {} already", step, commit.number());
        } else {
          step.carryOut(commit);
        }
      } catch (IOException | RuntimeException | LinkageError e) {
        // Of whatever kind: that of a library, or a jar that it misses, must not look as if the
        // commit had failed.
        LOG.debug("{} failed", step, e);
        problems.add(
            "Commit "
                + commit.number()
                + " stands, but "
                + step.undone()
                + ", which the next run tries again: "
                + (e instanceof IOException ? e.getMessage() : e.toString()));
      }
    }
    return problems;
  }
}
