package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import io.kafkahdfs.store.StorageFailure;
import io.kafkahdfs.testkit.hadoop.TestHdfs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What HDFS refuses for its limits and quotas, by the NameNode's own words. */
class HdfsLimitsIT {
  private static TestHdfs hdfs;

  private FileStore store;
  private Path root;

  @BeforeAll
  static void start() {
    hdfs =
        TestHdfs.start(
            Map.of(
                "dfs.namenode.fs-limits.max-directory-items", "9",
                "dfs.namenode.fs-limits.max-component-length", "100"));
  }

  @AfterAll
  static void stop() {
    hdfs.close();
  }

  @BeforeEach
  void open() throws IOException {
    root = new Path(hdfs.newFolder(), "out");
    store = HadoopFileStore.of(root, hdfs.configuration());
  }

  private void load(int run, long until) throws IOException {
    new ProtocolRun(store, root, "run-" + run).run(until);
  }

  private static List<Long> offsets(long until) {
    return LongStream.range(0, until).boxed().toList();
  }

  private void rollBack(long to) throws IOException {
    StateFolder state = new StateFolder(root);
    new RecoverStep(store, state).attempt();
    ChangeStep step =
        new ChangeStep(
            store, state, LoadLock.Owner.self("change", "me", "here", "2026-01-01T00:00:00Z"));
    step.rollback(step.planRollback(to), null);
  }

  private RoomCheck room() {
    return new RoomCheck(store, new StateFolder(root));
  }

  private void tryOut(String... topics) throws IOException {
    ProtocolRun run = new ProtocolRun(store, root, "trial");
    run.folder().create(store);
    store.mkdirs(new StateFolder(root).commits());
    try {
      room().tryOut(run.folder(), List.of(topics));
    } finally {
      store.delete(run.folder().path());
    }
  }

  @Test
  void aFullTopicsFolderIsNamedAndPassedOver() throws IOException {
    Path folder = new Path(root, "events");
    store.mkdirs(folder);
    for (int i = 0; i < 6; i++) {
      store.create(new Path(folder, ".other-" + i)).close();
    }
    load(1, 10);
    tryOut("events");
    assertThatThrownBy(() -> load(2, 20))
        .isInstanceOfSatisfying(
            CommittedException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.HDFS_UNUSABLE))
        .hasMessageStartingWith("Commit 2 is committed")
        .hasMessageContaining("1 of its 2 files")
        .hasMessageContaining("dfs.namenode.fs-limits.max-directory-items")
        .hasMessageContaining("limit=9");
    assertThatThrownBy(() -> tryOut("events"))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("no room in " + folder)
        .hasMessageContaining("max-directory-items");

    rollBack(1);
    for (int i = 0; i < 6; i++) {
      store.delete(new Path(folder, ".other-" + i));
    }
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
    load(3, 20);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(20));
  }

  @Test
  void aCommitThatATopicsFolderDoesNotTakeWholeIsNotMade() throws IOException {
    Path folder = new Path(root, "events");
    store.mkdirs(folder);
    for (int i = 0; i < 6; i++) {
      store.create(new Path(folder, ".other-" + i)).close();
    }
    Configuration told = hdfs.configuration();
    told.set("dfs.namenode.fs-limits.max-directory-items", "9");
    store = HadoopFileStore.of(root, told);
    load(1, 10);
    // One entry would still fit.
    tryOut("events");
    assertThatThrownBy(() -> load(2, 20))
        .isInstanceOf(LoaderException.class)
        .isNotInstanceOf(CommittedException.class)
        .hasMessageContaining("no room in " + folder + " for 2 more entries")
        .hasMessageContaining("max-directory-items");
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
    assertThat(new CommitStore(store, new StateFolder(root)).list().last()).isEqualTo(1);

    store.delete(new Path(folder, ".other-0"));
    load(3, 20);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(20));
  }

  @Test
  void whatTheNameNodeTakesCountsAndNotWhatTheClientWasTold() throws IOException {
    load(1, 10);
    Configuration told = hdfs.configuration();
    told.set("dfs.namenode.fs-limits.max-directory-items", "3");
    store = HadoopFileStore.of(root, told);
    load(2, 20);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(20));
  }

  @Test
  void aFullFolderOfCommitsIsNamedBeforeAnythingIsRead() throws IOException {
    for (int run = 1; run <= 3; run++) {
      load(run, 10L * run);
    }
    tryOut();
    load(4, 40);
    // Eight of nine places are taken, and a commit takes two.
    assertThatThrownBy(this::tryOut)
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("no room in " + new StateFolder(root).commits())
        .hasMessageContaining("max-directory-items");
    assertThat(store.list(new StateFolder(root).commits())).hasSize(8);
  }

  @Test
  void aLowerLimitOfNamesIsNamed() throws IOException {
    tryOut("t".repeat(21));
    assertThatThrownBy(() -> tryOut("t".repeat(28)))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("t".repeat(28))
        .hasMessageContaining("max-component-length")
        .hasMessageContaining("--exclude");
    Configuration told = hdfs.configuration();
    told.set("dfs.namenode.fs-limits.max-component-length", "100");
    room().look(List.of("t".repeat(21)), told);
    assertThatThrownBy(() -> room().look(List.of("t".repeat(28)), told))
        .hasMessageContaining("max-component-length is 100");
  }

  @Test
  void aUsedUpQuotaOfNamesIsNamed() throws IOException {
    load(1, 10);
    DistributedFileSystem files = (DistributedFileSystem) root.getFileSystem(hdfs.configuration());
    Path folder = new Path(root, "events");
    files.setQuota(folder, 4, HdfsConstants.QUOTA_DONT_SET);
    assertThatThrownBy(() -> load(2, 20))
        .isInstanceOf(CommittedException.class)
        .hasMessageContaining("Commit 2 is committed")
        .hasMessageContaining("-setQuota");
    assertThatThrownBy(() -> tryOut("events")).hasMessageContaining("-setQuota");
    rollBack(1);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
  }

  @Test
  void aUsedUpQuotaOfSpaceIsNamed() throws IOException {
    load(1, 10);
    DistributedFileSystem files = (DistributedFileSystem) root.getFileSystem(hdfs.configuration());
    files.setQuota(root, HdfsConstants.QUOTA_DONT_SET, 1 << 20);
    assertThatThrownBy(() -> load(2, 20))
        .isNotInstanceOf(CommittedException.class)
        .satisfies(
            e -> assertThat(StorageFailure.describe((IOException) e)).contains("-setSpaceQuota"));
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(10));
  }
}
