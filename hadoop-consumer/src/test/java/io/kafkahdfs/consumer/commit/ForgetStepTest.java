package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore.Moment;
import io.kafkahdfs.testkit.store.HaltedError;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that leave on purpose are in the trash, are not missed, and can come back. */
class ForgetStepTest {
  private static final ForgetStep.Choice FIRST_TWO = (file, commit, time) -> commit <= 2;

  private FileStore store;

  @BeforeEach
  void open() throws IOException {
    store = new InMemoryFileStore();
  }

  /** Three commits of ten offsets each. */
  private Path loaded(String name) throws IOException {
    Path root = new Path("/" + name);
    for (int i = 1; i <= 3; i++) {
      new ProtocolRun(store, root, "run-" + i).run(10L * i);
    }
    return root;
  }

  static ForgetStep step(FileStore with, Path root, String run) {
    return new ForgetStep(
        with,
        ProtocolRun.state(root),
        LoadLock.Owner.self(run, "me", "here", "2026-01-01T00:00:00Z"));
  }

  private Commit forget(FileStore with, Path root, ForgetStep.Choice choice) throws IOException {
    ForgetStep step = step(with, root, "forget");
    return step.forget(step.plan(choice, "--keep 90d"), "the law").orElseThrow();
  }

  private CommitStore commits(Path root) {
    return new CommitStore(store, ProtocolRun.state(root));
  }

  private static List<Long> offsets(long from, long until) {
    return LongStream.range(from, until).boxed().toList();
  }

  @Test
  void theyAreInTheTrashAndTheOthersStand() throws IOException {
    Path root = loaded("out");
    Commit commit = forget(store, root, FIRST_TWO);

    assertThat(commit.change().forgotten().reason()).isEqualTo("--keep 90d");
    assertThat(commit.change().why()).isEqualTo("the law");
    assertThat(commit.next()).isEqualTo(commits(root).read(3).next());
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(20, 30));
    assertThat(ProtocolRun.standing(store, root)).isEqualTo(offsets(20, 30));
    for (LeavingFile file : commit.forgotten()) {
      assertThat(store.entry(new Path(ProtocolRun.state(root).trash(), file.trash()))).isPresent();
      assertThat(file.commit()).isBetween(1L, 2L);
    }
    Holding holding = commits(root).last().orElseThrow().holding().orElseThrow();
    assertThat(List.of(holding.files(), holding.records())).containsExactly(2L, 10L);
    assertThat(List.of(holding.forgottenFiles(), holding.forgottenRecords()))
        .containsExactly(4L, 20L);

    new ProtocolRun(store, root, "next").run(40);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(20, 40));
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void whereverItDiesItIsDoneOrNot(Moment moment) throws IOException {
    int deaths = 0;
    for (int n = 1; ; n++) {
      Path root = loaded(moment + "-" + n);
      FaultyFileStore dying = FaultyFileStore.halting(store, n, moment);
      try {
        forget(dying, root, FIRST_TWO);
      } catch (HaltedError e) {
        deaths++;
      }
      boolean done = commits(root).list().last() == 4;
      new ProtocolRun(store, root, "next").run(40);

      assertThat(ProtocolRun.visible(store, root))
          .as("death at %d", n)
          .isEqualTo(offsets(done ? 20 : 0, 40))
          .isEqualTo(ProtocolRun.standing(store, root));
      assertThat(commits(root).standing().trashed()).hasSize(done ? 4 : 0);
      assertThat(store.list(ProtocolRun.state(root).staging())).as("death at %d", n).isEmpty();
      if (!dying.faulted()) {
        break;
      }
    }
    assertThat(deaths).isGreaterThan(10);
  }

  @Test
  void aRollbackBringsThemBackUntilTheTrashIsEmptied() throws IOException {
    Path root = loaded("out");
    forget(store, root, FIRST_TWO);
    ChangeStep change = StalledProcessTest.change(store, root, "back");
    change.rollback(change.planRollback(3), null);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(0, 30));
    assertThat(commits(root).last().orElseThrow().holding())
        .isEqualTo(commits(root).read(3).holding());

    forget(store, root, FIRST_TWO);
    StalledProcessTest.change(store, root, "purge").purge(null);
    assertThatThrownBy(() -> change.planRollback(5))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("commit 7 has emptied it");
    assertThat(change.planRollback(6).rollback().restored()).isEmpty();
  }

  @Test
  void aPurgeOfWhatIsOldLeavesTheRest() throws IOException {
    Path root = loaded("out");
    forget(store, root, (file, commit, time) -> commit == 1);
    forget(store, root, (file, commit, time) -> commit == 2);
    ChangeStep change = StalledProcessTest.change(store, root, "purge");
    Instant second = Instant.parse(commits(root).read(5).committed());

    assertThat(change.purgeable(Instant.parse("2026-01-01T00:00:00Z"))).isEmpty();
    assertThat(change.purgeable(second.plusSeconds(1)))
        .isEqualTo(change.purgeable(Instant.MAX))
        .hasSize(2);
    change.purge(List.of(StateFolder.padded(4)), null);
    assertThat(change.purgeable(Instant.MAX)).containsExactly(StateFolder.padded(5));
    assertThat(commits(root).standing().trashed()).hasSize(2);
  }

  @Test
  void whatSomebodyRemovedByHandIsNotMissedAnyMore() throws IOException {
    Path root = loaded("out");
    String path = commits(root).read(1).files().get(0).path();
    store.delete(new Path(root, path));
    Commit commit = forget(store, root, (file, by, time) -> file.path().equals(path));

    assertThat(commit.forgotten()).singleElement().matches(file -> file.trash() == null);
    assertThat(ProtocolRun.standing(store, root)).isEqualTo(ProtocolRun.visible(store, root));
    // Going back is possible, and says that it is gone.
    ChangeStep change = StalledProcessTest.change(store, root, "back");
    ChangeStep.RollbackPlan back = change.planRollback(3);
    assertThat(back.missing()).containsExactly(path);
    change.rollback(back, null);
    assertThat(ProtocolRun.standing(store, root)).isEqualTo(offsets(0, 30));
    assertThat(ProtocolRun.visible(store, root)).hasSize(25);
  }

  @Test
  void whatIsOnItsWayIsNotTakenForGone() throws IOException {
    Path root = loaded("out");
    Commit last = commits(root).read(3);
    store.delete(ProtocolRun.state(root).published(3));
    store.delete(new Path(root, last.files().get(0).path()));

    assertThatThrownBy(() -> step(store, root, "look").plan(FIRST_TWO, "--missing"))
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BUSY))
        .hasMessageContaining("Commit 3 is not published yet");
  }

  @Test
  void aFolderThatNoCommitPutIntoTheTrashHasNoAge() throws IOException {
    Path root = loaded("out");
    forget(store, root, FIRST_TWO);
    store.mkdirs(new Path(ProtocolRun.state(root).trash(), "by-hand"));
    ChangeStep change = StalledProcessTest.change(store, root, "purge");

    assertThat(change.purgeable(Instant.MAX)).hasSize(2);
    assertThatThrownBy(() -> change.purgeable(Instant.parse("2026-01-01T00:00:00Z")))
        .isInstanceOf(LoaderException.class)
        .hasMessageContainingAll("by-hand", "--older-than");
  }

  @Test
  void whatIsForgottenHasLanded() throws IOException {
    Path root = loaded("out");
    forget(store, root, (file, commit, time) -> true);
    assertThatThrownBy(
            () ->
                StalledProcessTest.change(store, root, "again")
                    .setOffsets(Map.of(ProtocolRun.PARTITION, 5L), "again"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("has landed up to offset 29");
  }

  @Test
  void nothingToForgetIsNoCommit() throws IOException {
    Path root = loaded("out");
    ForgetStep step = step(store, root, "forget");
    assertThat(step.forget(step.plan((file, commit, time) -> false, "--keep 90d"), null)).isEmpty();
    assertThat(commits(root).list().last()).isEqualTo(3);
  }
}
