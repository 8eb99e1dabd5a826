package io.kafkahdfs.consumer.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.ProtocolRun;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore.Moment;
import io.kafkahdfs.testkit.store.HaltedError;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With a table that is not asked; those of Iceberg are, in IcebergLoadIT. */
class TableStepTest {
  private final StateFolder state = new StateFolder(new Path("/out"));
  private FileStore store;

  @BeforeEach
  void open() throws IOException {
    store = new InMemoryFileStore();
    store.mkdirs(state.path());
  }

  private TableStep step(String load) {
    return new TableStep(
        new BrokenTable(), TableNote.of("iceberg", "lake.a.b", null, load), store, state);
  }

  private record BrokenTable() implements TableTarget {
    @Override
    public Optional<String> check() {
      return Optional.empty();
    }

    @Override
    public OptionalLong told() {
      return OptionalLong.of(0);
    }

    @Override
    public boolean tell(TableChange change) {
      return false;
    }

    @Override
    public void close() throws IOException {
      throw new IOException("It does not close");
    }
  }

  @Test
  void ofTwoFirstRunsTheSecondDoesNotTellAllAgainUnderAnotherId() throws IOException {
    TableStep waiting = step("out#2");
    step("out#1").begin();

    assertThatThrownBy(waiting::begin)
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BUSY))
        .hasMessageContaining("lake.a.b first");
    assertThat(TableNote.read(store, state).orElseThrow().load()).isEqualTo("out#1");
    step("out#1").begin();
  }

  @Test
  void aTableThatDoesNotCloseIsNoFailure() {
    step("out#1").close();
  }

  /** Takes everything, and does not remember it. */
  private record Forgetful(List<TableChange> changes) implements TableTarget {
    @Override
    public Optional<String> check() {
      return Optional.of("itself");
    }

    @Override
    public OptionalLong told() {
      return OptionalLong.empty();
    }

    @Override
    public boolean tell(TableChange change) {
      changes.add(change);
      return true;
    }

    @Override
    public void close() {}
  }

  private TableStep forgetful(FileStore where, List<TableChange> changes, Long told) {
    TableNote note = TableNote.of("hive", "a.b", "itself", "out#1").with("itself", told);
    return new TableStep(new Forgetful(changes), note, where, state);
  }

  /** Makes more commits. */
  private List<Commit> load(int from, int to) throws IOException {
    List<Commit> made = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      made.add(new ProtocolRun(store, state.root(), "run-" + i).run(5 * i).orElseThrow());
    }
    return made;
  }

  private Set<String> landed(List<Commit> commits) {
    return commits.stream()
        .flatMap(commit -> commit.files().stream())
        .map(file -> new Path(state.root(), file.path()).toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> files(List<TableChange> changes) {
    return changes.stream()
        .flatMap(change -> change.added().stream())
        .map(file -> file.path().toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void whatATableWithoutAHistoryWasToldStandsInTheNote() throws IOException {
    List<Commit> commits = load(1, 1);
    Commit first = commits.get(0);
    List<TableChange> changes = new ArrayList<>();
    TableStep step = forgetful(store, changes, null);
    step.begin();
    assertThat(step.isDone(first)).isFalse();
    step.carryOut(first);
    assertThat(step.isDone(first)).isTrue();
    assertThat(TableNote.read(store, state).orElseThrow().told()).isEqualTo(1);

    List<Commit> more = load(2, 4);
    Commit last = more.get(2);
    forgetful(store, changes, 1L).carryOut(last);

    assertThat(changes)
        .extracting(TableChange::from, TableChange::to)
        .containsExactly(tuple(0L, 1L), tuple(1L, 4L));
    assertThat(files(changes.subList(1, 2))).isEqualTo(landed(more));
    // Without a number all is told, also if the note has one.
    TableStep anew = forgetful(store, changes, null);
    anew.begin();
    anew.carryOut(last);
    commits.addAll(more);
    assertThat(files(changes.subList(2, 3))).isEqualTo(landed(commits));
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aTableWithoutAHistoryIsToldAllWhereverARunDies(Moment moment) throws IOException {
    int deaths = 0;
    for (int n = 1; ; n++) {
      open();
      List<Commit> commits = load(1, 3);
      Commit last = commits.get(2);
      List<TableChange> changes = new ArrayList<>();
      FaultyFileStore dying = FaultyFileStore.halting(store, n, moment);
      try {
        TableStep step = forgetful(dying, changes, null);
        step.begin();
        step.carryOut(last);
      } catch (HaltedError e) {
        deaths++;
      }
      Long told = TableNote.read(store, state).map(TableNote::told).orElse(null);
      TableStep next = forgetful(store, changes, told);
      next.begin();
      if (!next.isDone(last)) {
        next.carryOut(last);
      }
      assertThat(files(changes)).as("death at %d", n).isEqualTo(landed(commits));
      assertThat(next.isDone(last)).isTrue();
      if (!dying.faulted()) {
        break;
      }
    }
    assertThat(deaths).isGreaterThan(4);
  }
}
