package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.RecordFingerprint;
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
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeStepTest {
  private FileStore store;
  private int runs;

  @BeforeEach
  void open() throws IOException {
    store = new InMemoryFileStore();
  }

  private Path root(String name) {
    return new Path("/" + name);
  }

  private static List<Long> offsets(long until) {
    return LongStream.range(0, until).boxed().toList();
  }

  /** Three commits of ten offsets each. */
  private Path loaded(String name) throws IOException {
    Path root = root(name);
    load(root, 10);
    load(root, 20);
    load(root, 30);
    return root;
  }

  private void load(Path root, long until) throws IOException {
    new ProtocolRun(store, root, "run-" + ++runs).run(until);
  }

  private ChangeStep change(FileStore with, Path root) {
    return change(with, root, "change-" + ++runs);
  }

  private ChangeStep change(FileStore with, Path root, String run) {
    return new ChangeStep(
        with,
        new StateFolder(root),
        LoadLock.Owner.self(run, "me", "here", "2026-01-01T00:00:00Z"));
  }

  private Commit rollBack(FileStore with, Path root, long to) throws IOException {
    ChangeStep step = change(with, root);
    return step.rollback(step.planRollback(to), "because");
  }

  private long next(Path root) throws IOException {
    return commits(root).last().orElseThrow().next().get(0).offset();
  }

  private CommitStore commits(Path root) {
    return new CommitStore(store, new StateFolder(root));
  }

  @Test
  void filesAndOffsetsGoBackTogether() throws IOException {
    Path root = loaded("out");
    Commit commit = rollBack(store, root, 1);

    assertThat(commit.number()).isEqualTo(4);
    assertThat(commit.change().why()).isEqualTo("because");
    assertThat(next(root)).isEqualTo(10);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));

    load(root, 40);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(40));
  }

  @Test
  void theLastRecordGoesBackToo() throws IOException {
    Path root = loaded("out");
    RecordFingerprint first = commits(root).read(1).next().get(0).fingerprint();
    assertThat(first.offset()).isEqualTo(9);

    assertThat(rollBack(store, root, 1).next().get(0).fingerprint()).isEqualTo(first);
    assertThat(rollBack(store, root, 3).next().get(0).fingerprint().offset()).isEqualTo(29);
  }

  @Test
  void beforeAnOffsetThatWasSetNoRecordIsKnown() throws IOException {
    Path root = loaded("out");
    Commit commit = change(store, root).setOffsets(Map.of(ProtocolRun.PARTITION, 30L), "accepted");

    assertThat(commit.next().get(0).offset()).isEqualTo(30);
    assertThat(commit.next().get(0).fingerprint()).isNull();
  }

  @Test
  void whatWasRolledBackCanComeBackAlsoFromBehindFilesOfTheSameName() throws IOException {
    Path root = loaded("out");
    rollBack(store, root, 1);
    load(root, 20);
    // Commit 5 has landed files of the same names as commit 2, and of the same lengths.
    rollBack(store, root, 3);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(30));
    assertThat(next(root)).isEqualTo(30);

    rollBack(store, root, 5);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(20));
    assertThat(next(root)).isEqualTo(20);
    Standing standing = commits(root).standing();
    assertThat(standing.numbersAt(standing.last())).containsExactly(1L, 4L, 5L, 7L);
  }

  @Test
  void beforeTheFirstCommitThereIsNothing() throws IOException {
    Path root = loaded("out");
    rollBack(store, root, 0);
    assertThat(ProtocolRun.visible(store, root)).isEmpty();
    assertThat(commits(root).last().orElseThrow().next()).isEmpty();
    rollBack(store, root, 3);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(30));
  }

  @Test
  void whatWasPurgedDoesNotComeBack() throws IOException {
    Path root = loaded("out");
    rollBack(store, root, 1);
    Commit purge = change(store, root).purge("space").orElseThrow();

    assertThat(purge.number()).isEqualTo(5);
    assertThat(purge.purged()).containsExactly("0000000004");
    assertThat(store.list(new StateFolder(root).trash())).isEmpty();
    assertThat(change(store, root).purge(null)).isEmpty();
    assertThatThrownBy(() -> rollBack(store, root, 3))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("Commit 3 cannot come back")
        .hasMessageContaining("commit 5 has emptied it (purge)");
    assertThat(commits(root).list().last()).isEqualTo(5);
    assertThat(next(root)).isEqualTo(10);
    load(root, 40);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(40));
  }

  @Test
  void ofTwoTrashesOnlyWhatIsPurgedIsGone() throws IOException {
    Path root = loaded("out");
    rollBack(store, root, 2);
    change(store, root).purge(null);
    rollBack(store, root, 1);

    rollBack(store, root, 2);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(20));
    assertThatThrownBy(() -> rollBack(store, root, 3)).hasMessageContaining("commit 5");
  }

  @Test
  void aRollbackCanPurgeWithItWhatItDoesNotBringBack() throws IOException {
    Path root = loaded("out");
    rollBack(store, root, 1);
    load(root, 15);
    ChangeStep step = change(store, root);
    Commit commit = step.rollback(step.planRollback(2, true), null);

    assertThat(commit.purged()).containsExactly("0000000004", "0000000006");
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(20));
    assertThat(store.list(new StateFolder(root).trash())).isEmpty();
    assertThatThrownBy(() -> rollBack(store, root, 3)).hasMessageContaining("commit 6");
    assertThatThrownBy(() -> rollBack(store, root, 5)).hasMessageContaining("commit 6");
  }

  @Test
  void ofAPurgeAndARollbackAtOnceOneLosesCleanly() throws IOException {
    Path root = loaded("out");
    rollBack(store, root, 1);
    ChangeStep late = change(store, root);
    ChangeStep.RollbackPlan back = late.planRollback(3);
    change(store, root).purge(null);

    assertThatThrownBy(() -> late.rollback(back, null))
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BUSY));
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
  }

  @Test
  void nothingIsPurgedThatAnotherCommitMayStillBringBack() throws IOException {
    Path root = loaded("out");
    rollBack(store, root, 1);
    rollBack(store, root, 3);
    store.delete(new StateFolder(root).published(5));

    assertThatThrownBy(() -> change(store, root).purge(null))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("Commit 5 is not published yet");
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aPurgeThatDiesAnywhereIsFinishedOrNeverWas(Moment moment) throws IOException {
    int made = 0;
    int notMade = 0;
    for (int n = 1; ; n++) {
      Path root = loaded(moment + "-purge-" + n);
      rollBack(store, root, 2);
      rollBack(store, root, 1);
      FaultyFileStore dying = FaultyFileStore.halting(store, n, moment);
      try {
        change(dying, root).purge(null);
      } catch (HaltedError e) {
        // As wanted.
      }
      new RecoverStep(store, new StateFolder(root)).recover();
      if (commits(root).list().last() == 6) {
        made++;
        assertThat(store.list(new StateFolder(root).trash())).as("death at %d", n).isEmpty();
        assertThatThrownBy(() -> rollBack(store, root, 3)).hasMessageContaining("commit 6");
      } else {
        notMade++;
        rollBack(store, root, 3);
        assertThat(ProtocolRun.visible(store, root)).as("death at %d", n).isEqualTo(offsets(30));
      }
      assertThat(store.list(new StateFolder(root).staging())).isEmpty();
      if (!dying.faulted()) {
        break;
      }
    }
    assertThat(made).as("purges that died and were made").isGreaterThan(3);
    assertThat(notMade).as("purges that died and were not made").isGreaterThan(5);
  }

  @Test
  void whatSomebodyRemovedFromTheTrashDoesNotComeBack() throws IOException {
    Path root = loaded("out");
    rollBack(store, root, 1);
    store.delete(new StateFolder(root).trash());

    assertThatThrownBy(() -> rollBack(store, root, 3))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("Commit 3 cannot come back")
        .hasMessageContaining("trash");
    assertThat(commits(root).list().last()).isEqualTo(4);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
  }

  @Test
  void aCommitThatDoesNotExistOrIsTheLast() throws IOException {
    Path root = loaded("out");
    assertThatThrownBy(() -> rollBack(store, root, 7)).hasMessageContaining("no commit 7");
    assertThatThrownBy(() -> rollBack(store, root, 3)).hasMessageContaining("the last one");
  }

  @Test
  void aFileThatSomebodyRemovedIsNoHindrance() throws IOException {
    Path root = loaded("out");
    LandedFile lost = commits(root).read(2).files().get(0);
    store.delete(new Path(root, lost.path()));
    ChangeStep step = change(store, root);
    ChangeStep.RollbackPlan plan = step.planRollback(1);
    assertThat(plan.missing()).containsExactly(lost.path());
    step.rollback(plan, null);
    load(root, 30);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(30));
  }

  @Test
  void ofTwoRollbacksAtOnceOneLosesCleanly() throws IOException {
    Path root = loaded("out");
    ChangeStep one = change(store, root);
    ChangeStep other = change(store, root);
    ChangeStep.RollbackPlan toOne = one.planRollback(1);
    ChangeStep.RollbackPlan toTwo = other.planRollback(2);
    one.rollback(toOne, null);

    assertThatThrownBy(() -> other.rollback(toTwo, null))
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BUSY));
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
    assertThat(store.list(new StateFolder(root).staging())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aRollbackThatDiesAnywhereIsMadeOrNotMade(Moment moment) throws IOException {
    int deaths = 0;
    int made = 0;
    for (int n = 1; ; n++) {
      Path root = loaded(moment + "-" + n);
      rollBack(store, root, 2);
      // From here it moves files both ways.
      FaultyFileStore dying = FaultyFileStore.halting(store, n, moment);
      try {
        load(root, 25);
        rollBack(dying, root, 3);
      } catch (HaltedError e) {
        deaths++;
      }
      new RecoverStep(store, new StateFolder(root)).recover();

      boolean rolledBack = commits(root).list().last() == 6;
      made += rolledBack ? 1 : 0;
      assertThat(ProtocolRun.visible(store, root))
          .as("death at operation %d", n)
          .isEqualTo(offsets(rolledBack ? 30 : 25));
      assertThat(next(root)).isEqualTo(rolledBack ? 30 : 25);
      load(root, 40);
      assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(40));
      assertThat(commits(root).list().unpublished()).isEmpty();
      if (!dying.faulted()) {
        break;
      }
    }
    assertThat(deaths).isGreaterThan(10);
    assertThat(made).as("rollbacks made by those that died").isGreaterThan(5);
  }

  private interface Faults {
    FaultyFileStore at(int operation);
  }

  /** What a change does; every failure must tell whether it is committed. */
  private interface Change {
    Commit make(FileStore with, Path root, String run) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aChangeThatFailsAnywhereTellsTheTruth(Moment moment) throws IOException {
    Change rollback =
        (with, root, run) -> {
          ChangeStep step = change(with, root, run);
          return step.rollback(step.planRollback(1), null);
        };
    Change offsets =
        (with, root, run) ->
            change(with, root, run).setOffsets(Map.of(ProtocolRun.PARTITION, 35L), "a gap");
    Change both =
        (with, root, run) -> {
          ChangeStep step = change(with, root, run);
          return step.rollback(step.planRollback(1, true), null);
        };
    for (Change change : List.of(rollback, offsets, both)) {
      tellsTheTruth("once", change, n -> FaultyFileStore.failing(store, n, moment));
      tellsTheTruth("on", change, n -> FaultyFileStore.failingForGood(store, n, moment));
    }
  }

  private void tellsTheTruth(String kind, Change change, Faults faults) throws IOException {
    for (int n = 1; ; n++) {
      Path root = loaded("truth-" + ++runs);
      String run = "change-" + ++runs;
      FaultyFileStore failing = faults.at(n);
      String end = "Committed.";
      try {
        change.make(failing, root, run);
      } catch (IOException e) {
        end = e instanceof LoaderException ? e.getMessage() : "plain " + e;
      }
      boolean committed =
          new CommitLog(store, new StateFolder(root))
              .find(new StateFolder(root).run(run))
              .isPresent();
      String where = "failure " + kind + " at operation " + n + ": " + end;
      if (end.startsWith("plain ")) {
        // Of what it had to read before it began.
        assertThat(committed).as(where).isFalse();
      } else if (!end.contains("cannot be determined now")) {
        assertThat(committed).as(where).isEqualTo(!end.contains("has committed nothing"));
      }
      new RecoverStep(store, new StateFolder(root)).recover();
      assertThat(ProtocolRun.visible(store, root))
          .as(where)
          .isEqualTo(ProtocolRun.standing(store, root));
      if (!failing.faulted()) {
        break;
      }
    }
  }

  @Test
  void offsetsAreSetByACommitOfTheirOwn() throws IOException {
    Path root = loaded("out");
    Commit commit = change(store, root).setOffsets(Map.of(ProtocolRun.PARTITION, 35L), "a gap");
    assertThat(commit.change())
        .isEqualTo(
            new ManualChange(
                "a gap", null, List.of(new ManualChange.OffsetEdit("events", 0, 30L, 35L))));
    assertThat(next(root)).isEqualTo(35);
    load(root, 40);
    assertThat(ProtocolRun.visible(store, root)).hasSize(35).doesNotContain(30L, 34L).contains(35L);

    // Back to what was passed over, but not to what has landed.
    assertThatThrownBy(
            () -> change(store, root).setOffsets(Map.of(ProtocolRun.PARTITION, 30L), "more"))
        .hasMessageContaining("landed up to offset 39")
        .hasMessageContaining("rollback");
  }
}
