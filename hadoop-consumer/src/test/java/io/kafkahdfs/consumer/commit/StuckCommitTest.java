package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore.Moment;
import io.kafkahdfs.testkit.store.ForwardingFileStore;
import io.kafkahdfs.testkit.store.HaltedError;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A commit whose files have no room in their places: each load lands two. */
class StuckCommitTest {
  private FileStore store;
  private int runs;

  @BeforeEach
  void open() throws IOException {
    store = new InMemoryFileStore();
  }

  /** A store whose topic's folder takes no more than some files, as HDFS does it. */
  private static final class SmallFolder extends ForwardingFileStore {
    private final Path folder;
    private final int limit;

    SmallFolder(FileStore store, Path folder, int limit) {
      super(store);
      this.folder = folder;
      this.limit = limit;
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      if (to.getParent().equals(folder)
          && entry(from).isPresent()
          && list(folder).size() >= limit) {
        throw new IOException("The directory item limit is exceeded: limit=" + limit);
      }
      super.rename(from, to);
    }
  }

  /** Two commits of two files each; the second has room for one file only. */
  private FileStore full(Path root) throws IOException {
    FileStore small = new SmallFolder(store, new Path(root, "events"), 3);
    load(small, root, 10);
    CommittedException e =
        catchThrowableOfType(CommittedException.class, () -> load(small, root, 20));
    assertThat(e)
        .hasMessageStartingWith("Commit 2 is committed")
        .hasMessageContaining("1 of its 2 files are in their places")
        .hasMessageContaining("limit=3")
        .hasMessageContaining("rollback --to 1");
    return small;
  }

  @Test
  void recoveryTellsOfItUntilThereIsRoom() throws IOException {
    Path root = root("out");
    FileStore small = full(root);
    assertThatThrownBy(() -> new RecoverStep(small, ProtocolRun.state(root)).recover())
        .isInstanceOf(CommittedException.class)
        .hasMessageContaining("Commit 2 is committed");
    assertThat(new RecoverStep(store, ProtocolRun.state(root)).recover().published())
        .containsExactly(2L);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(20));
  }

  @Test
  void aRollbackPassesOverItAndItCanComeBackWhenThereIsRoom() throws IOException {
    Path root = root("out");
    FileStore small = full(root);
    Commit rollback = rollBack(small, root, 1);

    assertThat(rollback.rollback().orElseThrow().passedOver()).containsExactly(2L);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
    assertThat(commits(root).list().unpublished()).isEmpty();
    assertThat(store.list(ProtocolRun.state(root).staging())).isEmpty();

    // Back to commit 2: there is still no room, and that can be passed over too.
    assertThatThrownBy(() -> rollBack(small, root, 2))
        .isInstanceOf(CommittedException.class)
        .hasMessageStartingWith("Commit 4 is committed");
    rollBack(small, root, 3);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
    assertThat(commits(root).list().unpublished()).isEmpty();

    rollBack(store, root, 4);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(20));
    load(store, root, 30);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(30));
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aRollbackThatPassesOverIsMadeOrNotMadeWhereverItDies(Moment moment) throws IOException {
    int made = 0;
    for (int n = 1; ; n++) {
      Path root = root(moment + "-" + n);
      FileStore small = full(root);
      FaultyFileStore dying = FaultyFileStore.halting(small, n, moment);
      try {
        rollBack(dying, root, 1);
      } catch (HaltedError e) {
        if (commits(root).list().last() == 2) {
          assertThatThrownBy(() -> new RecoverStep(small, ProtocolRun.state(root)).recover())
              .as("death at operation %d", n)
              .isInstanceOf(CommittedException.class);
          rollBack(small, root, 1);
        } else {
          made++;
          new RecoverStep(small, ProtocolRun.state(root)).recover();
        }
      }
      assertThat(ProtocolRun.visible(store, root))
          .as("death at operation %d", n)
          .isEqualTo(offsets(10));
      assertThat(commits(root).list().unpublished()).isEmpty();
      assertThat(store.list(ProtocolRun.state(root).staging())).isEmpty();
      if (dying.operations() < n) {
        break;
      }
    }
    assertThat(made).isGreaterThan(5);
  }

  @Test
  void itsOwnProcessThatWakesFindsNothingToMove() throws IOException {
    for (int n = 1; ; n++) {
      Path root = root("stalled-" + n);
      load(store, root, 10);
      FileStore small = new SmallFolder(store, new Path(root, "events"), 3);
      FaultyFileStore stalling =
          FaultyFileStore.stalling(
              store,
              n,
              Moment.BEFORE,
              () -> {
                if (commits(root).list().last() == 2) {
                  rollBack(small, root, 1);
                }
              });
      try {
        load(stalling, root, 20);
      } catch (LoaderException e) {
        assertThat(e).as("stall at %d", n).isInstanceOf(CommittedException.class);
      }
      assertThat(ProtocolRun.visible(store, root))
          .as("stall at %d", n)
          .isEqualTo(ProtocolRun.standing(store, root));
      if (!stalling.faulted()) {
        break;
      }
    }
  }

  private Path root(String name) {
    return new Path("/" + name);
  }

  private static List<Long> offsets(long until) {
    return LongStream.range(0, until).boxed().toList();
  }

  private void load(FileStore with, Path root, long until) throws IOException {
    new ProtocolRun(with, root, "run-" + ++runs).run(until);
  }

  /** As the command does it: recovers as far as that works, and then goes back. */
  private Commit rollBack(FileStore with, Path root, long to) throws IOException {
    StateFolder state = ProtocolRun.state(root);
    new RecoverStep(with, state).attempt();
    ChangeStep step =
        new ChangeStep(
            with,
            state,
            LoadLock.Owner.self("change-" + ++runs, "me", "here", "2026-01-01T00:00:00Z"));
    return step.rollback(step.planRollback(to), null);
  }

  private CommitStore commits(Path root) {
    return new CommitStore(store, ProtocolRun.state(root));
  }
}
