package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.consumer.commit.RepairStep.Lost;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore.Moment;
import io.kafkahdfs.testkit.store.HaltedError;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three runs land ten offsets each, in two files; those of the second one are lost. */
class RepairStepTest {
  private final FileStore store = new InMemoryFileStore();

  private Path damaged(String name) throws IOException {
    Path root = new Path("/" + name);
    for (int i = 1; i <= 3; i++) {
      new ProtocolRun(store, root, "run-" + i).run(10 * i);
    }
    for (Lost file : lost(root, store)) {
      store.delete(new Path(root, file.held().file().path()));
    }
    return root;
  }

  private static CommitStore commits(FileStore store, Path root) {
    return new CommitStore(store, ProtocolRun.state(root));
  }

  private static List<Lost> lost(Path root, FileStore store) throws IOException {
    Standing standing = commits(store, root).standing();
    return standing.filesAt(standing.last()).values().stream()
        .filter(held -> held.commit() == 2)
        .map(held -> new Lost(held, true))
        .toList();
  }

  private static List<Long> offsets(long from, long until) {
    return LongStream.range(from, until).boxed().toList();
  }

  private static Commit repair(FileStore store, Path root, List<Lost> lost, RunPlan plan)
      throws IOException {
    RepairStep step =
        new RepairStep(
            store,
            ProtocolRun.state(root),
            LoadLock.Owner.self("repair", "user", "host", "2026-01-01T00:00:00Z"));
    return step.repair(plan.number() - 1, lost, step.loaded(plan, lost), "missing files", "a hand");
  }

  /** What tasks load again. */
  private RunPlan loadAgain(Path root, long from, long until) throws IOException {
    return new ProtocolRun(store, root, "repair").prepareAs(4, from, until);
  }

  @Test
  void theyAreBackAndNothingElseChanges() throws IOException {
    Path root = damaged("out");
    assertThat(ProtocolRun.visible(store, root)).hasSize(20);

    Commit commit = repair(store, root, lost(root, store), loadAgain(root, 10, 20));

    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(0, 30));
    assertThat(ProtocolRun.standing(store, root)).isEqualTo(offsets(0, 30));
    assertThat(commit.repaired()).hasSize(2).allMatch(file -> file.trash() == null);
    assertThat(commit.next()).isEqualTo(commits(store, root).read(3).next());
    assertThat(commits(store, root).read(4).holding())
        .isEqualTo(commits(store, root).read(3).holding());
    new ProtocolRun(store, root, "next").run(40);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(0, 40));
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void whereverItDiesItIsDoneOrNot(Moment moment) throws IOException {
    int deaths = 0;
    for (int n = 1; ; n++) {
      Path root = damaged(moment + "-" + n);
      RunPlan plan = loadAgain(root, 10, 20);
      FaultyFileStore dying = FaultyFileStore.halting(store, n, moment);
      try {
        repair(dying, root, lost(root, store), plan);
      } catch (HaltedError e) {
        deaths++;
      }
      boolean done = commits(store, root).list().last() == 4;
      new ProtocolRun(store, root, "next").run(40);

      assertThat(ProtocolRun.visible(store, root)).as("death at %d", n).hasSize(done ? 40 : 30);
      assertThat(ProtocolRun.standing(store, root)).isEqualTo(offsets(0, 40));
      assertThat(store.list(ProtocolRun.state(root).staging())).as("death at %d", n).isEmpty();
      if (!done) {
        // Another one does it.
        RunPlan again = new ProtocolRun(store, root, "repair").prepareAs(5, 10, 20);
        repair(store, root, lost(root, store), again);
        assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(0, 40));
      }
      if (!dying.faulted()) {
        break;
      }
    }
    assertThat(deaths).isGreaterThan(10);
  }

  @Test
  void moreOrLessThanWasLostIsRefused() throws IOException {
    Path root = damaged("out");
    List<Lost> lost = lost(root, store);
    for (long[] range : new long[][] {{10, 19}, {9, 20}, {10, 10}}) {
      RunPlan plan = loadAgain(root, range[0], range[1]);
      assertThatThrownBy(() -> repair(store, root, lost, plan))
          .isInstanceOf(LoaderException.class)
          .hasMessageContaining("Kafka does not have what the missing files in events had");
      ProtocolRun.state(root).run("repair").abandon(store);
    }
    assertThat(commits(store, root).list().last()).isEqualTo(3);
  }

  @Test
  void whoWasTakenForDeadRepairsNothing() throws IOException {
    Path root = damaged("out");
    List<Lost> lost = lost(root, store);
    RunPlan plan = loadAgain(root, 10, 20);
    new ProtocolRun(store, root, "other").run(40);

    assertThatThrownBy(() -> repair(store, root, lost, plan)).isInstanceOf(LoaderException.class);
    assertThat(commits(store, root).list().last()).isEqualTo(4);
    assertThat(ProtocolRun.visible(store, root)).hasSize(30);
  }

  @Test
  void aRollbackBehindItBringsTheLossBack() throws IOException {
    Path root = damaged("out");
    repair(store, root, lost(root, store), loadAgain(root, 10, 20));

    ChangeStep change = StalledProcessTest.change(store, root, "back");
    ChangeStep.RollbackPlan plan = change.planRollback(3);
    assertThat(plan.missing()).hasSize(2);
    change.rollback(plan, null);

    assertThat(ProtocolRun.visible(store, root)).hasSize(20);
    assertThat(ProtocolRun.standing(store, root)).isEqualTo(offsets(0, 30));
    change.rollback(change.planRollback(4), null);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(0, 30));
  }

  /** Somebody has found them, and then let them go for good. */
  @Test
  void whatWasGoneOnceAndWasPurgedLaterCannotComeBack() throws IOException {
    Path root = damaged("out");
    repair(store, root, lost(root, store), loadAgain(root, 10, 20));
    ChangeStep change = StalledProcessTest.change(store, root, "back");
    change.rollback(change.planRollback(3), null);
    for (Lost found : lost(root, store)) {
      store.create(new Path(root, found.held().file().path())).close();
    }
    change.rollback(change.planRollback(1), null);
    StalledProcessTest.change(store, root, "purge").purge(null);

    assertThatThrownBy(() -> StalledProcessTest.change(store, root, "again").planRollback(2))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("has emptied it");
  }
}
