package io.kafkahdfs.consumer.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.consumer.commit.ChangeStep;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.commit.ForgetStep;
import io.kafkahdfs.consumer.commit.Holding;
import io.kafkahdfs.consumer.commit.LeavingFile;
import io.kafkahdfs.consumer.commit.ProtocolRun;
import io.kafkahdfs.consumer.commit.Standing;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.consumer.write.FilePer;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore;
import io.kafkahdfs.testkit.store.FaultyFileStore.Moment;
import io.kafkahdfs.testkit.store.HaltedError;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small files become large ones in a commit, whatever dies, and come back when it is undone. */
class CompactJobTest {
  private static final long ALL = 1 << 20;

  private final Configuration configuration = new Configuration(false);

  @TempDir java.nio.file.Path temporary;

  private FileStore store;

  @BeforeEach
  void open() throws IOException {
    store = HadoopFileStore.of(new Path(temporary.toUri()), configuration);
  }

  /** Three commits of ten offsets each, in two files each. */
  private Path loaded(String name) throws IOException {
    Path root = new Path(temporary.resolve(name).toUri());
    for (int i = 1; i <= 3; i++) {
      new ProtocolRun(store, root, "run-" + i).run(10L * i);
    }
    return root;
  }

  private static LoadLock.Owner owner(String run) {
    return LoadLock.Owner.self(run, "me", "here", "2026-01-01T00:00:00Z");
  }

  private CompactPlanner.Found plan(FileStore through, Path root, long target, Instant before)
      throws IOException {
    return new CompactPlanner(
            new LoadOutput(through, ProtocolRun.state(root)),
            configuration,
            new CompactPlanner.Choice(
                target, before, FilePer.PARTITION, Optional.empty(), file -> true))
        .plan();
  }

  private CompactPlan plan(Path root) throws IOException {
    return plan(store, root, ALL, Instant.MAX).plan();
  }

  private Commit compact(FileStore through, Path root, CompactPlan plan, String run)
      throws IOException, InterruptedException {
    return new CompactJob(
            new LoadOutput(through, ProtocolRun.state(root)), owner(run), engine(through))
        .run(plan, "all of it", "many files");
  }

  private Commit compact(Path root) throws IOException, InterruptedException {
    CompactPlan plan = plan(root);
    return compact(store, root, plan, "compact-" + plan.number());
  }

  /** Two tasks, one after the other. */
  private CompactEngine engine(FileStore through) {
    return (run, plan) -> {
      List<CompactInputFormat.Split> splits = CompactInputFormat.splits(plan, 2);
      for (int i = 0; i < splits.size(); i++) {
        new MergeTask(through, run, plan, configuration)
            .run(
                new TaskAttemptID("test", 1, TaskType.MAP, i, 0),
                splits.get(i).groups(),
                file -> {});
      }
    };
  }

  private CommitStore commits(Path root) {
    return new CommitStore(store, ProtocolRun.state(root));
  }

  private ChangeStep change(Path root, String run) {
    return new ChangeStep(store, ProtocolRun.state(root), owner(run));
  }

  private static List<Long> offsets(long from, long until) {
    return LongStream.range(from, until).boxed().toList();
  }

  private Set<String> files(Path root) throws IOException {
    Standing standing = commits(root).standing();
    return new TreeSet<>(standing.filesAt(standing.last()).keySet());
  }

  @Test
  void oneFileHasTheRecordsOfAllInTheirOrder() throws Exception {
    Path root = loaded("out");
    Holding before = commits(root).last().orElseThrow().holding().orElseThrow();
    Commit commit = compact(root);

    assertThat(commit.number()).isEqualTo(4);
    assertThat(commit.change().compacted().reason()).isEqualTo("all of it");
    assertThat(commit.change().why()).isEqualTo("many files");
    assertThat(commit.compacted()).hasSize(6).allMatch(file -> file.commit() <= 3);
    assertThat(commit.next()).isEqualTo(commits(root).read(3).next());
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(0, 30));
    assertThat(files(root))
        .containsExactly("events/events-0-00000000000000000000-00000000000000000029-c4.txt");
    assertThat(commit.files().get(0).parts())
        .singleElement()
        .satisfies(
            part ->
                assertThat(List.of(part.firstOffset(), part.lastOffset(), part.records()))
                    .containsExactly(0L, 29L, 30L));
    Holding after = commits(root).last().orElseThrow().holding().orElseThrow();
    assertThat(List.of(after.files(), after.records(), after.bytes(), after.forgottenFiles()))
        .containsExactly(1L, before.records(), before.bytes(), 0L);
    for (LeavingFile file : commit.compacted()) {
      assertThat(store.entry(new Path(ProtocolRun.state(root).trash(), file.trash()))).isPresent();
    }

    assertThat(plan(root).groups()).isEmpty();
    new ProtocolRun(store, root, "next").run(40);
    assertThat(compact(root).files().get(0).path()).endsWith("-00000000000000000039-c6.txt");
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(0, 40));
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void whereverItDiesItIsDoneOrNot(Moment moment) throws Exception {
    int deaths = 0;
    for (int n = 1; ; n++) {
      Path root = loaded(moment + "-" + n);
      FaultyFileStore dying = FaultyFileStore.halting(store, n, moment);
      try {
        compact(dying, root, plan(dying, root, 30, Instant.MAX).plan(), "compact");
      } catch (HaltedError e) {
        deaths++;
      }
      boolean done = commits(root).list().last() == 4;
      new ProtocolRun(store, root, "next").run(40);

      assertThat(ProtocolRun.visible(store, root))
          .as("death at %d", n)
          .isEqualTo(offsets(0, 40))
          .isEqualTo(ProtocolRun.standing(store, root));
      assertThat(files(root)).as("death at %d", n).hasSize(done ? 5 : 8);
      assertThat(commits(root).standing().trashed()).hasSize(done ? 6 : 0);
      assertThat(store.list(ProtocolRun.state(root).staging())).as("death at %d", n).isEmpty();
      if (!dying.faulted()) {
        break;
      }
    }
    assertThat(deaths).isGreaterThan(30);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void whereverTheFileSystemFailsItSaysWhetherItIsDone(Moment moment) throws Exception {
    for (int n = 1; ; n++) {
      Path root = loaded("failing-" + moment + "-" + n);
      FaultyFileStore failing = FaultyFileStore.failing(store, n, moment);
      Optional<Commit> said = Optional.empty();
      try {
        CompactPlan plan = plan(failing, root, ALL, Instant.MAX).plan();
        said = Optional.of(compact(failing, root, plan, "compact"));
      } catch (IOException e) {
        assertThat(e).as("failure at %d", n).isNotInstanceOf(NullPointerException.class);
      }
      if (said.isPresent()) {
        assertThat(commits(root).list().last()).isEqualTo(4);
        assertThat(files(root)).hasSize(1);
      }
      new ProtocolRun(store, root, "next").run(40);
      assertThat(ProtocolRun.visible(store, root))
          .as("failure at %d", n)
          .isEqualTo(offsets(0, 40))
          .isEqualTo(ProtocolRun.standing(store, root));
      if (!failing.faulted()) {
        break;
      }
    }
  }

  @Test
  void aRollbackBringsTheSmallOnesBackUntilTheTrashIsEmptied() throws Exception {
    Path root = loaded("out");
    Set<String> small = files(root);
    compact(root);
    ChangeStep change = change(root, "back");
    change.rollback(change.planRollback(3), null);
    assertThat(files(root)).isEqualTo(small);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(0, 30));
    assertThat(commits(root).last().orElseThrow().holding())
        .isEqualTo(commits(root).read(3).holding());

    compact(root);
    new ProtocolRun(store, root, "next").run(40);
    ChangeStep again = change(root, "half-back");
    again.rollback(again.planRollback(6), null);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(0, 30));
    change(root, "purge").purge(null);
    assertThatThrownBy(() -> change(root, "late").planRollback(2))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("cannot come back");
  }

  @Test
  void aMergedFileCanBeForgotten() throws Exception {
    Path root = loaded("out");
    compact(root);
    ForgetStep forget = new ForgetStep(store, ProtocolRun.state(root), owner("forget"));
    forget.forget(forget.plan((file, commit, time) -> true, "all"), null);
    assertThat(ProtocolRun.visible(store, root)).isEmpty();
    Holding holding = commits(root).last().orElseThrow().holding().orElseThrow();
    assertThat(List.of(holding.records(), holding.forgottenFiles(), holding.forgottenRecords()))
        .containsExactly(0L, 1L, 30L);
    assertThat(commits(root).standing().forgotten()).hasSize(1);
  }

  @Test
  void whatIsTooLargeOrYoungStaysAsItIs() throws Exception {
    Path root = loaded("out");
    Instant second = Instant.parse(commits(root).read(3).committed());
    assertThat(plan(store, root, ALL, second).plan().groups())
        .singleElement()
        .satisfies(group -> assertThat(group.inputs()).hasSize(4));
    assertThat(plan(store, root, 25, Instant.MAX).plan().groups())
        .singleElement()
        .satisfies(
            group -> assertThat(group.inputs()).hasSize(2).allMatch(each -> each.commit() == 1));
  }

  @Test
  void whatIsMissingOrChangedStaysAsItIs() throws Exception {
    Path root = loaded("out");
    List<String> paths = List.copyOf(files(root));
    store.delete(new Path(root, paths.get(2)));
    CompactPlanner.Found found = plan(store, root, ALL, Instant.MAX);
    assertThat(found.leftAlone()).containsExactly(paths.get(2) + " is missing");
    assertThat(found.plan().groups())
        .singleElement()
        .satisfies(group -> assertThat(group.inputs()).hasSize(5));

    java.nio.file.Path damaged = temporary.resolve("out").resolve(paths.get(4));
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[0]++;
    Files.write(damaged, bytes);
    Files.deleteIfExists(damaged.resolveSibling("." + damaged.getFileName() + ".crc"));
    assertThatThrownBy(() -> compact(store, root, plan(root), "compact"))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining(paths.get(4))
        .hasMessageContaining("its checksum is")
        .hasMessageContaining("Nothing was changed");
    assertThat(commits(root).list().last()).isEqualTo(3);
    assertThat(store.list(ProtocolRun.state(root).staging())).isEmpty();
  }

  @Test
  void filesWithOtherRecordsAreNotCommitted() throws Exception {
    Path root = loaded("out");
    CompactPlan plan = plan(store, root, 30, Instant.MAX).plan();
    List<CompactPlan.Group> others = new ArrayList<>(plan.groups());
    Collections.reverse(others);
    CompactEngine wrong =
        (run, planned) ->
            engine(store).merge(run, new CompactPlan(plan.number(), plan.format(), others));
    assertThatThrownBy(
            () ->
                new CompactJob(
                        new LoadOutput(store, ProtocolRun.state(root)), owner("wrong"), wrong)
                    .run(plan, "all of it", null))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("offsets 20 to 29")
        .hasMessageContaining("for [offsets 0 to 9")
        .hasMessageContaining("Nothing was changed");
    assertThat(commits(root).list().last()).isEqualTo(3);
    assertThat(store.list(ProtocolRun.state(root).staging())).isEmpty();
  }

  @Test
  void whoWasTakenForDeadCommitsNothing() throws Exception {
    Path root = loaded("out");
    CompactPlan plan = plan(root);
    StateFolder state = ProtocolRun.state(root);
    CompactEngine slow =
        (run, planned) -> {
          engine(store).merge(run, planned);
          new ProtocolRun(store, root, "meanwhile").run(30);
        };
    assertThatThrownBy(
            () ->
                new CompactJob(new LoadOutput(store, state), owner("slow"), slow)
                    .run(plan, "all of it", null))
        .isInstanceOf(LoaderException.class)
        .extracting(e -> ((LoaderException) e).exitCode())
        .isNotEqualTo(ExitCode.DONE);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(0, 30));
    assertThat(ProtocolRun.standing(store, root)).isEqualTo(offsets(0, 30));
    new ProtocolRun(store, root, "next").run(40);
    assertThat(ProtocolRun.visible(store, root)).isEqualTo(offsets(0, 40));
  }

  @Test
  void eachGroupIsOneTasks() throws Exception {
    Path root = loaded("out");
    CompactPlan plan = plan(store, root, 25, Instant.MAX).plan();
    List<Integer> groups =
        CompactInputFormat.splits(plan, 5).stream()
            .flatMap(split -> split.groups().stream())
            .sorted()
            .toList();
    assertThat(groups)
        .isNotEmpty()
        .isEqualTo(IntStream.range(0, plan.groups().size()).boxed().toList());
  }
}
