package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore.Moment;
import io.kafkahdfs.testkit.store.ForwardingFileStore;
import io.kafkahdfs.testkit.store.HaltedError;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commits that are folded away are there, and a run does not come across them. */
class FoldStepTest {
  private FileStore store;

  @BeforeEach
  void open() throws IOException {
    store = new InMemoryFileStore();
  }

  /** A load of so many commits, each of ten offsets. */
  private Path load(String name, int commits) throws IOException {
    Path root = new Path("/" + name);
    for (int i = 1; i <= commits; i++) {
      new ProtocolRun(store, root, "run-" + i).run(10L * i);
    }
    return root;
  }

  private CommitStore commits(Path root) {
    return new CommitStore(store, ProtocolRun.state(root));
  }

  @Test
  void theLastOnesStay() throws IOException {
    StateFolder state = ProtocolRun.state(load("out", 9));
    assertThat(store.list(state.commits()))
        .extracting(FileEntry::name)
        .containsExactly(
            "0000000007.json",
            "0000000007.published",
            "0000000008.json",
            "0000000008.published",
            "0000000009.json",
            "0000000009.published",
            "older");
    assertThat(ProtocolRun.all(commits(state.root())))
        .extracting(Commit::number)
        .isEqualTo(LongStream.rangeClosed(1, 9).boxed().toList());
    assertThat(ProtocolRun.visible(store, state.root()))
        .isEqualTo(LongStream.range(0, 90).boxed().toList());
  }

  @Test
  void aThousandCommitsAFolder() {
    StateFolder state = new StateFolder(new Path("/out"));
    assertThat(List.of(state.older(999), state.older(1000), state.older(12345678901L)))
        .extracting(path -> state.older().toUri().relativize(path.toUri()).getPath())
        .containsExactly(
            "0000000000/0000000999.json",
            "0000001000/0000001000.json",
            "12345678000/12345678901.json");
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aRunThatDiesWhileItFoldsLosesNoCommit(Moment moment) throws IOException {
    int deaths = 0;
    for (int n = 1; ; n++) {
      // The recovery of the next run folds.
      Path root = load(moment + "-" + n, 4);
      FaultyFileStore dying = FaultyFileStore.halting(store, n, moment);
      try {
        new RecoverStep(dying, ProtocolRun.state(root)).recover();
      } catch (HaltedError e) {
        deaths++;
      }
      assertThat(ProtocolRun.all(commits(root))).as("death at %d", n).hasSize(4);
      assertThat(commits(root).list().unpublished()).as("death at %d", n).isEmpty();
      new ProtocolRun(store, root, "run-5").run(50);
      assertThat(ProtocolRun.visible(store, root))
          .as("death at %d", n)
          .isEqualTo(LongStream.range(0, 50).boxed().toList());
      new ProtocolRun(store, root, "run-6").run(60);
      new ProtocolRun(store, root, "run-7").run(70);
      assertThat(commits(root).list().leftMarkers()).as("death at %d", n).isEmpty();
      assertThat(commits(root).list().recent()).as("death at %d", n).doesNotContain(1L, 2L);
      if (!dying.faulted()) {
        break;
      }
    }
    assertThat(deaths).isGreaterThan(5);
  }

  @Test
  void aRunThatSleptUntilItsNumberWasFoldedAwayDoesNotCommit() throws IOException {
    for (int before : new int[] {0, 1, 2}) {
      Path root = load("sleeper-" + before, before);
      store.mkdirs(ProtocolRun.state(root).commits());
      ProtocolRun sleeper = new ProtocolRun(store, root, "sleeper");
      sleeper.prepare(1000);
      for (int i = before + 1; i <= 8; i++) {
        new ProtocolRun(store, root, "run-" + i).run(10L * i);
      }
      assertThat(store.entry(ProtocolRun.state(root).commit(before + 1))).isEmpty();
      // It has not noticed that it was taken for dead, and makes its folders only now.
      sleeper.prepareAs(before + 1, before * 10L, 1000);

      assertThatThrownBy(() -> new CommitStep(store, sleeper.folder()).commit())
          .isInstanceOfSatisfying(
              LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BUSY))
          .hasMessageContaining("Another run committed");
      assertThat(commits(root).list().last()).isEqualTo(8);
      assertThat(ProtocolRun.visible(store, root))
          .isEqualTo(LongStream.range(0, 80).boxed().toList());
    }
  }

  @Test
  void aRunWhoseNumberIsFoldedAwayWhileItCommitsDoesNotCommit() throws IOException {
    Path root = load("out", 8);
    StateFolder state = ProtocolRun.state(root);
    long number = commits(root).list().recent().get(0);
    ProtocolRun sleeper = new ProtocolRun(store, root, "sleeper");
    sleeper.prepareAs(number, 10 * (number - 1), 1000);
    FileStore meanwhile =
        new ForwardingFileStore(store) {
          @Override
          public OutputStream create(Path file) throws IOException {
            // The last thing before the commit point: the fold that was going on gets to it.
            if (file.getParent().equals(sleeper.folder().permit())) {
              store.mkdirs(state.older(number).getParent());
              store.rename(state.commit(number), state.older(number));
            }
            return super.create(file);
          }
        };

    assertThatThrownBy(() -> new CommitStep(meanwhile, sleeper.folder()).commit())
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BUSY));
    assertThat(commits(root).read(number).run()).isEqualTo("run-" + number);
    assertThat(ProtocolRun.all(commits(root))).hasSize(8);
  }

  @Test
  void aRollbackGoesBackToACommitThatIsFoldedAway() throws IOException {
    Path root = load("out", 8);
    StateFolder state = ProtocolRun.state(root);
    ChangeStep change = StalledProcessTest.change(store, root, "rollback");
    change.rollback(change.planRollback(2), "because");

    assertThat(store.entry(state.commit(2))).isEmpty();
    assertThat(ProtocolRun.visible(store, root))
        .isEqualTo(LongStream.range(0, 20).boxed().toList());
    new ProtocolRun(store, root, "after").run(90);
    assertThat(ProtocolRun.visible(store, root))
        .isEqualTo(LongStream.range(0, 90).boxed().toList());
  }

  @Test
  void aFoldedCommitThatIsMissingIsTold() throws IOException {
    Path root = load("out", 9);
    store.delete(ProtocolRun.state(root).older(3));
    assertThatThrownBy(() -> ProtocolRun.all(commits(root)))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("0000000003.json is missing");
  }

  @Test
  void allThatStandBesideEachOtherMissingIsNotAFirstRun() throws IOException {
    Path root = load("out", 9);
    for (long number = 7; number <= 9; number++) {
      store.delete(ProtocolRun.state(root).commit(number));
      store.delete(ProtocolRun.state(root).published(number));
    }
    assertThatThrownBy(() -> new ProtocolRun(store, root, "next").run(100))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("is missing");
  }

  @Test
  void withoutRoomToFoldTheRestIsDone() throws IOException {
    Path root = load("out", 4);
    FileStore full =
        new ForwardingFileStore(store) {
          @Override
          public void mkdirs(Path folder) throws IOException {
            if (folder.toString().contains("/older")) {
              throw new IOException("The quota is exceeded");
            }
            super.mkdirs(folder);
          }
        };
    new ProtocolRun(full, root, "run-5").run(50);
    assertThat(commits(root).list().recent()).containsExactly(1L, 2L, 3L, 4L, 5L);
    new ProtocolRun(store, root, "run-6").run(60);
    assertThat(commits(root).list().recent()).containsExactly(4L, 5L, 6L);
    assertThat(ProtocolRun.visible(store, root))
        .isEqualTo(LongStream.range(0, 60).boxed().toList());
  }

  @Test
  void twoCommitsOfOneNumberAreRefused() throws IOException {
    Path root = load("out", 4);
    StateFolder state = ProtocolRun.state(root);
    store.mkdirs(state.older(1).getParent());
    try (OutputStream out = store.create(state.older(1))) {
      out.write(AtomicFile.read(store, state.commit(1)));
    }
    assertThatThrownBy(() -> new ProtocolRun(store, root, "run-5").run(50))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("two commits 1");
  }
}
