package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Makes a commit of a change by hand, and publishes it. */
final class ChangeCommit {
  private final FileStore store;
  private final StateFolder state;
  private final CommitLog log;
  private final LoadLock.Owner owner;

  ChangeCommit(FileStore store, StateFolder state, LoadLock.Owner owner) {
    this.store = store;
    this.state = state;
    this.log = new CommitLog(store, state);
    this.owner = owner;
  }

  /** A change that leaves next offsets as they are. */
  Commit make(Commit last, ManualChange change) throws IOException {
    return make(last, last, last.begun(), change, last.next());
  }

  /**
   * The same with files, which wait in the attempts of the owner's run. That has begun before: who
   * took it for dead has removed its permit, and it does not get another one.
   *
   * @param last the commit that the change was planned from
   */
  Commit make(Commit last, ManualChange change, List<LandedFile> files) throws IOException {
    return make(commit(last, last, last.begun(), change, files, last.next()), run -> {});
  }

  /**
   * @param last the commit that the change was planned from
   * @param like the commit that it is like in all that it does not change
   * @param begun as in {@link Commit}
   * @param next where the next run begins
   */
  Commit make(Commit last, Commit like, Long begun, ManualChange change, List<Commit.Next> next)
      throws IOException {
    return make(commit(last, like, begun, change, List.of(), next), run -> run.create(store));
  }

  /** What is to be done with a run's folder before it commits. */
  private interface Beginning {
    void begin(RunFolder run) throws IOException;
  }

  private Commit make(Commit commit, Beginning beginning) throws IOException {
    commitOnce(commit, beginning);
    log.publish(commit);
    return commit;
  }

  private Commit commit(
      Commit last,
      Commit like,
      Long begun,
      ManualChange change,
      List<LandedFile> files,
      List<Commit.Next> next) {
    return new Commit(
        Commit.VERSION,
        last.number() + 1,
        owner.run(),
        owner.user(),
        owner.host(),
        owner.since(),
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
        like.bootstrapServers(),
        like.cluster(),
        like.load(),
        change,
        List.of(),
        files,
        next,
        like.vanished(),
        null,
        begun,
        null,
        null);
  }

  private void commitOnce(Commit commit, Beginning beginning) throws IOException {
    RunFolder run = state.run(owner.run());
    try {
      beginning.begin(run);
      new RoomCheck(store, state).tryOut(commit);
      new TrashStep(store, state).prepare(run, commit.trashed());
      log.commit(commit, run);
    } catch (IOException | RuntimeException e) {
      if (log.settle(commit.number(), run, e).isEmpty()) {
        run.abandon(store);
        throw NothingCommitted.because(e);
      }
    }
  }
}
