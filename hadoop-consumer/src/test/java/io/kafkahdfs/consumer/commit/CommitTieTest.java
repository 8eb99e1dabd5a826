package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.Sha256;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.ForwardingFileStore;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a commit keeps of those before it, so that nobody must read them all. */
class CommitTieTest {
  private static final int PARTITIONS = 100;

  private final StateFolder state = new StateFolder(new Path("/out"), 4);
  private FileStore store;
  private CommitStore commits;
  private final long[] next = new long[PARTITIONS];

  @BeforeEach
  void open() throws IOException {
    store = new InMemoryFileStore();
    commits = new CommitStore(store, state);
  }

  /** Lands a record of each of the partitions, one a file, with 7 bytes. */
  private void land(int... partitions) throws IOException {
    List<Commit.Partition> landed = new ArrayList<>();
    List<LandedFile> files = new ArrayList<>();
    for (int partition : partitions) {
      long offset = next[partition]++;
      landed.add(
          new Commit.Partition(
              "t", partition, offset, offset + 1, new OffsetTally(1, 0, 0, 0, 0), List.of(), 1, 7));
      String path = "t/t-" + partition + "-" + offset;
      files.add(
          new LandedFile(
              path, path, List.of(new LandedFile.Part("t", partition, offset, offset, 1)), 7, "0"));
    }
    commit(null, landed, files);
  }

  private void commit(
      ManualChange change, List<Commit.Partition> partitions, List<LandedFile> files)
      throws IOException {
    long number = commits.list().last() + 1;
    RunFolder run = state.run("run-" + number);
    run.create(store);
    List<Commit.Next> all = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      all.add(next(partition));
    }
    Commit commit =
        new Commit(
            Commit.VERSION,
            number,
            run.id(),
            "me",
            "here",
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:01Z",
            List.of("broker:9092"),
            ProtocolRun.CLUSTER,
            ProtocolRun.LOAD,
            change,
            partitions,
            files,
            all,
            List.of(),
            null,
            1L,
            null,
            null);
    new CommitLog(store, state).commit(commit, run);
    commits.markPublished(number);
  }

  private Commit.Next next(int partition) {
    long offset = next[partition];
    RecordFingerprint last =
        offset == 0 ? null : new RecordFingerprint(offset - 1, "00c0ffee", 1, 1);
    return new Commit.Next("t", partition, offset, offset, 7.0, last);
  }

  private int written(long number) throws IOException {
    return Json.readSealed(AtomicFile.read(store, state.commit(number)), Commit.class)
        .next()
        .size();
  }

  @Test
  void partitionsWithoutNewsAreNotWrittenAgain() throws IOException {
    land(1, 2, 3);
    land(4);
    land(4, 5);
    assertThat(List.of(written(1), written(2), written(3))).containsExactly(100, 1, 2);

    for (long number = 1; number <= 3; number++) {
      assertThat(commits.read(number).next()).hasSize(100);
    }
    assertThat(ProtocolRun.all(commits)).isEqualTo(List.of(read(1), read(2), read(3)));
    assertThat(read(2).next().get(4).offset()).isEqualTo(1);
    assertThat(read(3).next().get(4).offset()).isEqualTo(2);
    assertThat(read(3).next().get(5).offset()).isEqualTo(1);
    assertThat(read(3).next().get(1)).isEqualTo(next(1));
  }

  private Commit read(long number) throws IOException {
    return commits.read(number);
  }

  @Test
  void whenMostHaveNewsAllAreWritten() throws IOException {
    int[] many = new int[60];
    for (int i = 0; i < many.length; i++) {
      many[i] = i;
    }
    land(1);
    land(many);
    land(1);
    assertThat(List.of(written(1), written(2), written(3))).containsExactly(100, 100, 1);
    assertThat(read(3).next()).hasSize(100);
  }

  @Test
  void oneOfTheLastCommitsHasAll() throws IOException {
    for (int i = 0; i < 12; i++) {
      new RecoverStep(store, state).recover();
      land(i);
    }
    assertThat(List.of(written(9), written(10), written(11), written(12)))
        .containsExactly(100, 1, 2, 3);
    assertThat(store.entry(state.commit(3))).as("it is folded away").isEmpty();
    assertThat(read(3).next()).hasSize(100);
    for (int partition = 0; partition < 12; partition++) {
      assertThat(read(12).next().get(partition)).isEqualTo(next(partition));
    }
    assertThat(ProtocolRun.all(commits)).hasSize(12);
  }

  /** Counts what is asked of the NameNode, and what it answers. */
  private static final class CountedStore extends ForwardingFileStore {
    private final List<String> calls = new ArrayList<>();
    private int listed;

    private CountedStore(FileStore store) {
      super(store);
    }

    @Override
    public List<FileEntry> list(Path folder) throws IOException {
      List<FileEntry> entries = super.list(folder);
      calls.add("list " + folder);
      listed += entries.size();
      return entries;
    }

    @Override
    public InputStream open(Path file) throws IOException {
      calls.add("open");
      return super.open(file);
    }

    @Override
    public Optional<FileEntry> entry(Path path) throws IOException {
      calls.add("entry");
      return super.entry(path);
    }
  }

  @Test
  void whatARunAsksDoesNotGrowWithTheNumberOfCommits() throws IOException {
    for (int i = 0; i < 5; i++) {
      land(i);
    }
    CountedStore few = lookedAt();
    for (int i = 0; i < 400; i++) {
      new RecoverStep(store, state).recover();
      land(i % PARTITIONS);
    }
    CountedStore many = lookedAt();

    assertThat(commits.list().last()).isEqualTo(405);
    assertThat(many.calls).isEqualTo(few.calls);
    assertThat(many.listed).isLessThan(100);
  }

  /** As a run that finds nothing new, and status, look at the commits. */
  private CountedStore lookedAt() throws IOException {
    CountedStore counted = new CountedStore(store);
    new RecoverStep(counted, state).recover();
    new CommitLog(counted, state).last();
    CommitStore counting = new CommitStore(counted, state);
    counting.latest(3);
    counting.holding(counting.last().orElseThrow());
    return counted;
  }

  @Test
  void eachTellsWhatTheOutputHoldsAfterIt() throws IOException {
    land(1, 2, 3);
    land(4);
    commit(new ManualChange(null, null, List.of()), List.of(), List.of());
    commit(
        new ManualChange(null, new Rollback(1, List.of(), List.of(), true, List.of()), List.of()),
        List.of(),
        List.of());
    land(6, 7);
    List<Holding> holdings =
        ProtocolRun.all(commits).stream().map(Commit::holding).map(Optional::orElseThrow).toList();

    assertThat(holdings)
        .containsExactly(
            new Holding(3, 3, 21, 0, 0, 0),
            new Holding(4, 4, 28, 0, 0, 0),
            new Holding(4, 4, 28, 0, 0, 0),
            new Holding(3, 3, 21, 0, 0, 0),
            new Holding(5, 5, 35, 0, 0, 0));
    Standing standing = commits.standing();
    for (int number = 1; number <= 5; number++) {
      assertThat(holdings.get(number - 1)).isEqualTo(standing.holdingAt(number));
    }
  }

  @Test
  void commitsOfAnEarlierFormAreSummedUpOnce() throws IOException {
    land(1, 2, 3);
    untie(1);
    assertThat(commits.holding(read(1))).isEqualTo(new Holding(3, 3, 21, 0, 0, 0));
    land(4);
    assertThat(read(2).holding()).contains(new Holding(4, 4, 28, 0, 0, 0));
  }

  /** Makes of a commit what an earlier version would have written. */
  private void untie(long number) throws IOException {
    overwrite(number, Json.writeSealed(read(number).with(read(number).next(), null)));
  }

  private void overwrite(long number, byte[] json) throws IOException {
    store.delete(state.commit(number));
    try (OutputStream out = store.create(state.commit(number))) {
      out.write(json);
    }
  }

  @Test
  void aCommitThatSomebodyReplacedIsNoticed() throws IOException {
    land(1);
    land(2);
    land(3);
    byte[] second = AtomicFile.read(store, state.commit(2));
    assertThat(read(3).ties().previous()).isEqualTo(Sha256.hex(second));
    // Sealed and well-formed, but another one.
    Commit commit = Json.readSealed(second, Commit.class);
    overwrite(2, Json.writeSealed(commit.with(List.of(next(0)), commit.ties())));

    assertThatThrownBy(() -> ProtocolRun.all(commits))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("0000000002.json")
        .hasMessageContaining("commit 3 was made when another one stood there");
  }
}
