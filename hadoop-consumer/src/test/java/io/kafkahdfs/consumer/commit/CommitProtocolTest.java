package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore.Moment;
import io.kafkahdfs.testkit.store.ForwardingFileStore;
import io.kafkahdfs.testkit.store.HaltedError;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommitProtocolTest {
  private FileStore store;

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

  @Test
  void runsFollowOnEachOther() throws IOException {
    Path root = root("out");
    new ProtocolRun(store, root, "run-1").run(10);
    Optional<Commit> second = new ProtocolRun(store, root, "run-2").run(25);

    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(25));
    assertThat(second).map(Commit::number).hasValue(2L);
    assertThat(second.get().partitions())
        .singleElement()
        .extracting(
            Commit.Partition::from, Commit.Partition::until, range -> range.tally().written())
        .containsExactly(10L, 25L, 15L);
  }

  @Test
  void nothingNewLeavesNoCommit() throws IOException {
    Path root = root("out");
    new ProtocolRun(store, root, "run-1").run(10);
    assertThat(new ProtocolRun(store, root, "run-2").run(10)).isEmpty();
    assertThat(new CommitStore(store, new StateFolder(root)).list().last()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aRunThatDiesAnywhereIsMadeUpForByTheNext(Moment moment) throws IOException {
    int deaths = 0;
    for (int n = 1; ; n++) {
      Path root = root(moment + "-" + n);
      new ProtocolRun(store, root, "run-1").run(10);
      FaultyFileStore dying = FaultyFileStore.halting(store, n, moment);
      try {
        new ProtocolRun(dying, root, "run-2").run(20);
      } catch (HaltedError e) {
        deaths++;
      }
      assertThat(ProtocolRun.visible(store, root))
          .as("after death at operation %d nothing is visible twice", n)
          .doesNotHaveDuplicates();
      new ProtocolRun(store, root, "run-3").run(30);

      assertThat(ProtocolRun.visible(store, root)).as("death at %d", n).isEqualTo(offsets(30));
      assertThat(store.list(new StateFolder(root).staging())).isEmpty();
      assertThat(new CommitStore(store, new StateFolder(root)).list().unpublished()).isEmpty();
      if (!dying.faulted()) {
        break;
      }
    }
    assertThat(deaths).isGreaterThan(20);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void anOperationThatFailsAnywhereIsMadeUpForByTheNextRun(Moment moment) throws IOException {
    for (int n = 1; ; n++) {
      Path root = root(moment + "-" + n);
      FaultyFileStore failing = FaultyFileStore.failing(store, n, moment);
      try {
        new ProtocolRun(failing, root, "run-1").run(20);
      } catch (IOException e) {
        // As the command would end: it prints this and exits with a failure.
        assertThat(e instanceof CommittedException)
            .as("failure at %d: %s", n, e.getMessage())
            .isEqualTo(new CommitStore(store, new StateFolder(root)).last().isPresent());
      }
      new ProtocolRun(store, root, "run-2").run(30);

      assertThat(ProtocolRun.visible(store, root)).as("failure at %d", n).isEqualTo(offsets(30));
      if (!failing.faulted()) {
        break;
      }
    }
  }

  @Test
  void aJobCommitCanBeRepeatedAfterDyingAnywhere() throws IOException {
    for (Moment moment : Moment.values()) {
      for (int n = 1; ; n++) {
        Path root = root("am-" + moment + "-" + n);
        ProtocolRun run = new ProtocolRun(store, root, "run-1");
        store.mkdirs(new StateFolder(root).commits());
        run.prepare(10);
        FaultyFileStore dying = FaultyFileStore.halting(store, n, moment);
        try {
          commitAndPublish(dying, run, root);
        } catch (HaltedError e) {
          commitAndPublish(store, run, root);
        }
        assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
        if (!dying.faulted()) {
          break;
        }
      }
    }
  }

  @Test
  void anApplicationMasterThatIsOnlyPresumedDeadSpoilsNoCommit() throws IOException {
    for (int n = 1; ; n++) {
      Path root = root("two-" + n);
      ProtocolRun run = new ProtocolRun(store, root, "run-1");
      store.mkdirs(new StateFolder(root).commits());
      run.prepare(10);
      FaultyFileStore dying = FaultyFileStore.halting(store, n, Moment.AFTER);
      FileStore slow =
          new ForwardingFileStore(store) {
            @Override
            public void rename(Path from, Path to) throws IOException {
              if (to.equals(new StateFolder(root).commit(1))) {
                commitAndDie(dying, run);
              }
              super.rename(from, to);
            }
          };
      try {
        new CommitStep(slow, run.folder()).commit();
      } catch (LoaderException e) {
        assertThat(e.exitCode()).as("the other one was faster").isEqualTo(ExitCode.BUSY);
      }
      new RecoverStep(store, new StateFolder(root)).recover();
      assertThat(ProtocolRun.visible(store, root)).as("death at %d", n).isEqualTo(offsets(10));
      if (!dying.faulted()) {
        break;
      }
    }
  }

  private static void commitAndDie(FileStore dying, ProtocolRun run) throws IOException {
    try {
      new CommitStep(dying, run.folder()).commit();
    } catch (HaltedError e) {
      // It may have got as far as that.
    }
  }

  private static void commitAndPublish(FileStore store, ProtocolRun run, Path root)
      throws IOException {
    Optional<Commit> commit = new CommitStep(store, run.folder()).commit();
    new PublishStep(store, new StateFolder(root)).publish(commit.orElseThrow());
  }

  @Test
  void ofTwoRunsFromOneCheckpointOneLosesCleanly() throws IOException {
    Path root = root("out");
    new ProtocolRun(store, root, "run-1").run(10);
    ProtocolRun slow = new ProtocolRun(store, root, "run-2");
    slow.prepare(20);
    ProtocolRun quick = new ProtocolRun(store, root, "run-3");
    quick.prepare(25);
    commitAndPublish(store, quick, root);

    assertThatThrownBy(() -> new CommitStep(store, slow.folder()).commit())
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BUSY))
        .hasMessageContaining("Another run committed");
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(25));
  }

  @Test
  void aRunThatWasTakenForDeadCannotCommitAnyMore() throws IOException {
    Path root = root("out");
    new ProtocolRun(store, root, "run-1").run(10);
    ProtocolRun slow = new ProtocolRun(store, root, "run-2");
    slow.prepare(20);
    new RecoverStep(store, new StateFolder(root)).recover();

    assertThatThrownBy(() -> new CommitStep(store, slow.folder()).commit())
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BUSY));
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
  }

  @Test
  void aRunWithoutItsPermitCannotCommitThoughAllElseIsThere() throws IOException {
    Path root = root("out");
    store.mkdirs(new StateFolder(root).commits());
    ProtocolRun run = new ProtocolRun(store, root, "run-1");
    run.prepare(10);
    store.delete(run.folder().permit());

    assertThatThrownBy(() -> new CommitStep(store, run.folder()).commit())
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("permit");
    assertThat(new CommitStore(store, new StateFolder(root)).last()).isEmpty();
  }

  @Test
  void aCommitThatWasCutShortIsNotTrusted() throws IOException {
    Path root = root("out");
    new ProtocolRun(store, root, "run-1").run(10);
    Path file = new StateFolder(root).commit(1);
    byte[] json = AtomicFile.read(store, file);
    overwrite(file, java.util.Arrays.copyOf(json, json.length / 2));

    assertThatThrownBy(() -> new ProtocolRun(store, root, "run-2").run(20))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining(file.toUri().getPath())
        .hasMessageContaining("backup");
  }

  @Test
  void aCommitThatWasEditedByHandIsNotTrusted() throws IOException {
    Path root = root("out");
    new ProtocolRun(store, root, "run-1").run(10);
    Path file = new StateFolder(root).commit(1);
    String json = new String(AtomicFile.read(store, file), StandardCharsets.UTF_8);
    String edited = json.replace("\"offset\" : 10", "\"offset\" : 5");
    assertThat(edited).isNotEqualTo(json);
    overwrite(file, edited.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> new ProtocolRun(store, root, "run-2").run(20))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("checksum");
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
  }

  @Test
  void aCommitThatIsMissingIsNotPassedOver() throws IOException {
    Path root = root("out");
    new ProtocolRun(store, root, "run-1").run(10);
    new ProtocolRun(store, root, "run-2").run(20);
    for (long removed : new long[] {1, 2}) {
      byte[] json = AtomicFile.read(store, new StateFolder(root).commit(removed));
      store.delete(new StateFolder(root).commit(removed));
      assertThatThrownBy(() -> new ProtocolRun(store, root, "run-3").run(30))
          .hasMessageContaining("is missing")
          .hasMessageContaining(new StateFolder(root).commit(removed).getName());
      overwrite(new StateFolder(root).commit(removed), json);
    }
    new ProtocolRun(store, root, "run-3").run(30);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(30));
  }

  @Test
  void aForeignFileInTheWayIsNotReplaced() throws IOException {
    Path root = root("out");
    ProtocolRun run = new ProtocolRun(store, root, "run-1");
    store.mkdirs(new StateFolder(root).commits());
    run.prepare(10);
    Commit commit = new CommitStep(store, run.folder()).commit().orElseThrow();
    Path target = new Path(root, commit.files().get(0).path());
    store.mkdirs(target.getParent());
    overwrite(target, "precious".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> new PublishStep(store, new StateFolder(root)).publish(commit))
        .hasMessageContaining(target.getName());
    assertThat(AtomicFile.read(store, target)).asString().isEqualTo("precious");
    store.delete(target);
    new RecoverStep(store, new StateFolder(root)).recover();
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
  }

  private void overwrite(Path file, byte[] content) throws IOException {
    store.delete(file);
    try (OutputStream out = store.create(file)) {
      out.write(content);
    }
  }
}
