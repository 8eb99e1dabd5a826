package io.kafkahdfs.consumer.compact;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.Standing;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.write.FileNames;
import io.kafkahdfs.consumer.write.FilePart;
import io.kafkahdfs.consumer.write.FilePer;
import io.kafkahdfs.consumer.write.WrittenFile;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileChecksum;
import io.kafkahdfs.store.FileStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;

/** Compacts files of text that are in a store and not in a file system. */
public final class SimulatedCompaction {
  private static final Configuration PLAIN = new Configuration(false);

  private final LoadOutput output;
  private final LoadLock.Owner owner;

  public SimulatedCompaction(LoadOutput output, LoadLock.Owner owner) {
    this.output = output;
    this.owner = owner;
  }

  /**
   * Plans, merges and commits.
   *
   * @return empty if there was nothing to merge
   */
  public Optional<Commit> run(long targetBytes, Predicate<LandedFile> files)
      throws IOException, InterruptedException {
    CompactPlan plan =
        new CompactPlanner(
                output,
                PLAIN,
                new CompactPlanner.Choice(
                    targetBytes, Instant.MAX, FilePer.PARTITION, Optional.empty(), files::test))
            .plan()
            .plan();
    return plan.groups().isEmpty()
        ? Optional.empty()
        : Optional.of(new CompactJob(output, owner, this::merge).run(plan, "by chance", null));
  }

  private void merge(RunFolder run, CompactPlan plan) throws IOException {
    for (int i = 0; i < plan.groups().size(); i++) {
      TaskAttemptID attempt = new TaskAttemptID("simulated", 1, TaskType.MAP, i, 0);
      output.store().mkdirs(run.attempt(attempt));
      WrittenFile written = merge(run.attempt(attempt), plan, i);
      byte[] manifest =
          Json.writeSealed(
              new CompactManifest(
                  attempt.toString(), List.of(new CompactManifest.Merged(i, written))));
      AtomicFile.create(
          output.store(), run.draftManifest(attempt), run.manifest(attempt.getTaskID()), manifest);
    }
  }

  private WrittenFile merge(Path staging, CompactPlan plan, int number) throws IOException {
    FileStore store = output.store();
    CompactPlan.Group group = plan.groups().get(number);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    List<FilePart> parts = new ArrayList<>();
    for (Standing.Held input : group.inputs().stream().map(CompactPlan.Input::held).toList()) {
      content.write(AtomicFile.read(store, new Path(output.state().root(), input.file().path())));
      input.file().parts().forEach(part -> Merge.add(part, parts));
    }
    Path staged = new Path(staging, "merged." + number);
    try (OutputStream out = store.create(staged)) {
      out.write(content.toByteArray());
    }
    String first = new Path(group.inputs().get(0).file().path()).getName();
    String name =
        FileNames.ofMerged(
            group.topic(),
            parts,
            group.partition(),
            first,
            Run.writer(group.inputs().get(0).commit(), number),
            plan.number(),
            ".txt");
    return new WrittenFile(
        staged.getName(),
        group.folder() + "/" + name,
        parts,
        content.size(),
        FileChecksum.crc32c(store, staged));
  }
}
