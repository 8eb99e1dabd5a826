package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.consumer.plan.ClusterIdentity;
import io.kafkahdfs.consumer.plan.LoadIdentity;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.consumer.write.FilePart;
import io.kafkahdfs.consumer.write.RangeOutcome;
import io.kafkahdfs.consumer.write.TaskManifest;
import io.kafkahdfs.consumer.write.WrittenFile;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;

/** A run without MapReduce and Kafka: its "records" are the offsets, one a line. */
public final class ProtocolRun {
  static final PartitionId PARTITION = new PartitionId("events", 0);
  static final ClusterIdentity CLUSTER =
      new ClusterIdentity(Generation.MODERN, "cluster", new TreeMap<>(), null);
  static final LoadIdentity LOAD = new LoadIdentity(List.of("events"), null, null, "text");

  private final FileStore store;
  private final StateFolder state;
  private final String id;

  public ProtocolRun(FileStore store, Path root, String id) {
    this.store = store;
    this.state = state(root);
    this.id = id;
  }

  /** Of an output that folds commits away soon. */
  public static StateFolder state(Path root) {
    return new StateFolder(root, 2);
  }

  RunFolder folder() {
    return state.run(id);
  }

  /** The whole protocol, up to an end offset. */
  public Optional<Commit> run(long until) throws IOException {
    store.mkdirs(state.staging());
    store.mkdirs(state.commits());
    new RecoverStep(store, state).recover();
    prepare(until);
    Optional<Commit> commit = new CommitStep(store, folder()).commit();
    if (commit.isPresent()) {
      new PublishStep(store, state).publish(commit.get());
    }
    return commit;
  }

  /**
   * All that comes before the commit: plan, files, manifests. Two tasks share the range, which is
   * empty if another run has come further.
   */
  RunPlan prepare(long until) throws IOException {
    Optional<Commit> last = new CommitStore(store, state).last();
    return prepareAs(
        last.map(Commit::number).orElse(0L) + 1,
        last.flatMap(commit -> commit.next().stream().findFirst())
            .map(Commit.Next::offset)
            .orElse(0L),
        until);
  }

  /**
   * The same for a run that has looked at the commits some time ago.
   *
   * @param number which commit it is to make
   */
  RunPlan prepareAs(long number, long from, long until) throws IOException {
    OffsetRange range = new OffsetRange(PARTITION, from, Math.max(from, until));
    List<PlannedSplit> splits = new ArrayList<>();
    long middle = range.from() + range.size() / 2;
    for (OffsetRange part : List.of(range.endingAt(middle), range.startingAt(middle))) {
      splits.add(new PlannedSplit(List.of(part), List.of(), part.size()));
    }
    PartitionPlan partition =
        new PartitionPlan(PARTITION, from, from, range.until(), range.until(), 1, null, false);
    RunPlan plan =
        new RunPlan(
            id,
            number,
            "user",
            "host",
            "2026-01-01T00:00:00Z",
            List.of("broker:9092"),
            CLUSTER,
            LOAD,
            false,
            false,
            new OffsetPlan(List.of(partition), List.of()),
            range.isEmpty() ? List.of() : splits,
            null,
            null);
    folder().create(store);
    AtomicFile.create(
        store, new Path(folder().path(), "plan.draft"), folder().plan(), Json.writeSealed(plan));
    for (int task = 0; task < plan.splits().size(); task++) {
      runTask(task, plan.splits().get(task).ranges().get(0));
    }
    return plan;
  }

  private void runTask(int task, OffsetRange range) throws IOException {
    TaskAttemptID attempt = new TaskAttemptID(new TaskID("test", 1, TaskType.MAP, task), 0);
    store.mkdirs(folder().attempt(attempt));
    StringBuilder lines = new StringBuilder();
    for (long offset = range.from(); offset < range.until(); offset++) {
      lines.append(offset).append('\n');
    }
    byte[] content = lines.toString().getBytes(StandardCharsets.UTF_8);
    Path staged = new Path(folder().attempt(attempt), "part.txt");
    try (OutputStream out = store.create(staged)) {
      out.write(content);
    }
    List<FilePart> parts =
        List.of(new FilePart(PARTITION, range.from(), range.until() - 1, range.size()));
    WrittenFile file =
        new WrittenFile(
            "part.txt",
            "%s/%s-%020d-%020d.txt"
                .formatted(PARTITION.topic(), PARTITION, range.from(), range.until() - 1),
            parts,
            content.length,
            crc32c(content));
    RangeOutcome outcome =
        new RangeOutcome(
            range,
            range.until(),
            new OffsetTally(range.size(), 0, 0, 0, 0),
            range.size(),
            content.length,
            last(range, content));
    TaskManifest manifest = new TaskManifest(attempt.toString(), List.of(outcome), List.of(file));
    AtomicFile.create(
        store,
        folder().draftManifest(attempt),
        folder().manifest(attempt.getTaskID()),
        Json.writeSealed(manifest));
  }

  private static RecordFingerprint last(OffsetRange range, byte[] content) {
    return range.isEmpty()
        ? null
        : new RecordFingerprint(range.until() - 1, crc32c(content), -1, -1);
  }

  static List<Commit> all(CommitStore commits) throws IOException {
    List<Commit> all = new ArrayList<>();
    commits.each(all::add);
    return all;
  }

  static Standing standing(List<Commit> all) {
    Standing standing = new Standing();
    all.forEach(standing::add);
    return standing;
  }

  /** All offsets that readers of the output see, by file name. */
  public static List<Long> visible(FileStore store, Path root) throws IOException {
    List<Long> offsets = new ArrayList<>();
    for (FileEntry entry : store.list(new Path(root, PARTITION.topic()))) {
      String text = new String(AtomicFile.read(store, entry.path()), StandardCharsets.UTF_8);
      text.lines().map(Long::parseLong).forEach(offsets::add);
    }
    return offsets;
  }

  /** All offsets that should be there by what the commits say, in the order of the file names. */
  public static List<Long> standing(FileStore store, Path root) throws IOException {
    Standing standing = new CommitStore(store, state(root)).standing();
    List<Long> offsets = new ArrayList<>();
    for (Standing.Held held : standing.filesAt(standing.last()).values()) {
      for (LandedFile.Part part : held.file().parts()) {
        LongStream.rangeClosed(part.firstOffset(), part.lastOffset()).forEach(offsets::add);
      }
    }
    return offsets;
  }

  private static String crc32c(byte[] content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }
}
