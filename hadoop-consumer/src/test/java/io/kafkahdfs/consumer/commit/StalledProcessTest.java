package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore.Moment;
import io.kafkahdfs.testkit.store.HaltedError;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process stalls at each of its operations on files, so long that others presume it dead, clear
 * up after it and carry on. Then it wakes. What stands must be what the commits say, and the
 * process must say the truth about its own.
 */
class StalledProcessTest {
  private FileStore store;
  private int runs;

  @BeforeEach
  void open() throws IOException {
    store = new InMemoryFileStore();
  }

  /** The process that stalls, on an output of three commits of ten offsets each. */
  private enum Stalled {
    LOAD,
    ROLLBACK,
    ROLLBACK_THAT_BRINGS_BACK,
    RECOVERY_OF_A_LOAD,
    RECOVERY_OF_A_ROLLBACK,
    RECOVERY_OF_A_PURGE,
    PURGE,
    ROLLBACK_THAT_PURGES,
    FORGETTING,
    SETTING_OF_OFFSETS
  }

  /** What others do meanwhile. Each recovers first, as every command does. */
  private enum Others {
    RECOVER,
    UNDO,
    UNDO_AND_LOAD,
    REDO_AFTER_A_LOAD,
    LOAD_THE_SAME_AGAIN,
    PURGE_AND_LOAD,
    FORGET_AND_PURGE
  }

  @ParameterizedTest
  @EnumSource(Stalled.class)
  void aProcessThatWakesTouchesNothingThatStands(Stalled stalled) throws IOException {
    int wakings = 0;
    for (Others others : Others.values()) {
      for (int n = 1; ; n++) {
        Path root = new Path("/" + others + "-" + n);
        prepare(stalled, root);
        FaultyFileStore stalling =
            FaultyFileStore.stalling(store, n, Moment.BEFORE, () -> act(others, root));
        String situation = stalled + " at operation " + n + ", others " + others;
        work(stalled, stalling, root, situation);
        assertThat(ProtocolRun.visible(store, root))
            .as(situation)
            .isEqualTo(ProtocolRun.standing(store, root));
        assertTrashIsWhole(root, situation);
        if (!stalling.faulted()) {
          break;
        }
        wakings++;
        new RecoverStep(store, ProtocolRun.state(root)).recover();
        load(store, root, 100);
        assertThat(ProtocolRun.visible(store, root))
            .as(situation + ", and a load after it")
            .isEqualTo(ProtocolRun.standing(store, root))
            .doesNotHaveDuplicates()
            .endsWith(99L);
      }
    }
    assertThat(wakings).isGreaterThan(50);
  }

  private void prepare(Stalled stalled, Path root) throws IOException {
    for (long until = 10; until <= 30; until += 10) {
      load(store, root, until);
    }
    if (stalled == Stalled.ROLLBACK_THAT_BRINGS_BACK || stalled == Stalled.PURGE) {
      rollBack(store, root, 1);
    } else if (stalled == Stalled.ROLLBACK_THAT_PURGES) {
      rollBack(store, root, 2);
    } else if (stalled == Stalled.RECOVERY_OF_A_PURGE) {
      rollBack(store, root, 1);
      dieAfterTheCommit(root, 4, dying -> change(dying, root, "purge-" + ++runs).purge(null));
    } else if (stalled == Stalled.RECOVERY_OF_A_LOAD) {
      dieAfterTheCommit(root, 3, dying -> load(dying, root, 35));
    } else if (stalled == Stalled.RECOVERY_OF_A_ROLLBACK) {
      dieAfterTheCommit(root, 3, dying -> rollBack(dying, root, 1));
    }
  }

  private interface Work {
    void run(FileStore with) throws IOException;
  }

  /** Leaves a commit of which nothing is published. */
  private void dieAfterTheCommit(Path root, long before, Work work) throws IOException {
    for (int n = 1; commits(root).list().last() == before; n++) {
      try {
        work.run(FaultyFileStore.halting(store, n, Moment.AFTER));
      } catch (HaltedError e) {
        if (commits(root).list().last() == before) {
          new RecoverStep(store, ProtocolRun.state(root)).recover();
        }
      }
    }
  }

  private void work(Stalled stalled, FileStore with, Path root, String situation)
      throws IOException {
    String run = "stalled-" + ++runs;
    Optional<Exception> failure = Optional.empty();
    try {
      switch (stalled) {
        case LOAD -> new ProtocolRun(with, root, run).run(60);
        case ROLLBACK -> rollBack(with, root, 1, run);
        case ROLLBACK_THAT_BRINGS_BACK -> rollBack(with, root, 3, run);
        case PURGE -> change(with, root, run).purge(null);
        case ROLLBACK_THAT_PURGES -> {
          ChangeStep step = change(with, root, run);
          step.rollback(step.planRollback(1, true), null);
        }
        case FORGETTING -> forget(with, root, run);
        case SETTING_OF_OFFSETS ->
            change(with, root, run).setOffsets(Map.of(ProtocolRun.PARTITION, 35L), "a gap");
        default -> new RecoverStep(with, ProtocolRun.state(root)).recover();
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    }
    boolean committed =
        new CommitLog(store, ProtocolRun.state(root))
            .find(ProtocolRun.state(root).run(run))
            .isPresent();
    if (failure.isPresent()) {
      assertThat(committed)
          .as(situation + " ended with " + failure.get())
          .isEqualTo(failure.get() instanceof CommittedException);
    } else if (!stalled.name().startsWith("RECOVERY")) {
      // When it looks, others may have emptied the trash, or forgotten the files, already.
      assertThat(committed || stalled == Stalled.PURGE || stalled == Stalled.FORGETTING)
          .as(situation)
          .isTrue();
    }
  }

  /** What commits have put there, and none has brought back or purged. */
  private void assertTrashIsWhole(Path root, String situation) throws IOException {
    Path trash = ProtocolRun.state(root).trash();
    for (Map.Entry<Standing.Held, String> held : commits(root).standing().trashed().entrySet()) {
      assertThat(store.entry(new Path(trash, held.getValue())))
          .as(situation + ": " + held)
          .isPresent();
    }
  }

  private void act(Others others, Path root) throws IOException {
    new RecoverStep(store, ProtocolRun.state(root)).recover();
    switch (others) {
      case RECOVER -> {}
      case UNDO -> undo(root);
      case UNDO_AND_LOAD -> {
        undo(root);
        load(store, root, 50);
      }
      case REDO_AFTER_A_LOAD -> {
        load(store, root, 50);
        undo(root);
        undo(root);
      }
      case PURGE_AND_LOAD -> {
        change(store, root, "run-" + ++runs).purge(null);
        load(store, root, 50);
      }
      case FORGET_AND_PURGE -> {
        forget(store, root, "run-" + ++runs);
        change(store, root, "run-" + ++runs).purge(null);
        load(store, root, 50);
      }
      case LOAD_THE_SAME_AGAIN -> {
        rollBack(store, root, 0);
        for (long until = 10; until <= 30; until += 10) {
          load(store, root, until);
        }
      }
    }
  }

  /** Goes back to before the last commit; undoing a rollback brings back what it undid. */
  private void undo(Path root) throws IOException {
    try {
      rollBack(store, root, commits(root).list().last() - 1);
    } catch (LoaderException e) {
      assertThat(e).hasMessageContaining("has emptied it");
    }
  }

  private void load(FileStore with, Path root, long until) throws IOException {
    new ProtocolRun(with, root, "run-" + ++runs).run(until);
  }

  private void rollBack(FileStore with, Path root, long to) throws IOException {
    rollBack(with, root, to, "run-" + ++runs);
  }

  private void rollBack(FileStore with, Path root, long to, String run) throws IOException {
    ChangeStep step = change(with, root, run);
    step.rollback(step.planRollback(to), null);
  }

  private static void forget(FileStore with, Path root, String run) throws IOException {
    ForgetStep step = ForgetStepTest.step(with, root, run);
    step.forget(step.plan((file, commit, time) -> commit <= 2, "because"), null);
  }

  static ChangeStep change(FileStore with, Path root, String run) {
    return new ChangeStep(
        with,
        ProtocolRun.state(root),
        LoadLock.Owner.self(run, "me", "here", "2026-01-01T00:00:00Z"));
  }

  private CommitStore commits(Path root) {
    return new CommitStore(store, ProtocolRun.state(root));
  }
}
