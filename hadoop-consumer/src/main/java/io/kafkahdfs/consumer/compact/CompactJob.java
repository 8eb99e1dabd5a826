package io.kafkahdfs.consumer.compact;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CompactStep;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.NothingCommitted;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** A compaction from its plan to its commit. Only for who holds the lock and has recovered. */
public final class CompactJob {
  private final LoadOutput output;
  private final LoadLock.Owner owner;
  private final CompactEngine engine;

  CompactJob(LoadOutput output, LoadLock.Owner owner, CompactEngine engine) {
    this.output = output;
    this.owner = owner;
    this.engine = engine;
  }

  public static CompactJob of(Invocation invocation, LoadOutput output, LoadLock.Owner owner) {
    return new CompactJob(output, owner, CompactEngine.of(invocation, output.store()));
  }

  /**
   * Merges, and commits.
   *
   * @param plan with something to merge
   * @param reason which files are merged, as it was asked for
   */
  public Commit run(CompactPlan plan, String reason, String why)
      throws IOException, InterruptedException {
    FileStore store = output.store();
    RunFolder run = output.state().run(owner.run());
    Map<Integer, CompactStep.Merged> merged;
    try {
      run.create(store);
      AtomicFile.create(
          store, new Path(run.path(), "plan.draft"), run.plan(), Json.writeSealed(plan));
      engine.merge(run, plan);
      merged = merged(run, plan);
    } catch (InterruptedException e) {
      run.abandon(store);
      throw e;
    } catch (IOException | RuntimeException e) {
      run.abandon(store);
      throw NothingCommitted.because(e);
    }
    return new CompactStep(store, output.state(), owner)
        .compact(plan.number() - 1, List.copyOf(merged.values()), reason, why);
  }

  /** By the groups' places in the plan. */
  private Map<Integer, CompactStep.Merged> merged(RunFolder run, CompactPlan plan)
      throws IOException {
    Map<Integer, CompactStep.Merged> merged = new TreeMap<>();
    for (FileEntry entry : output.store().list(run.manifests())) {
      CompactManifest manifest =
          Json.readSealed(output.store(), entry.path(), CompactManifest.class, RunFolder.WAY_OUT);
      for (CompactManifest.Merged each : manifest.merged()) {
        if (each.group() < 0
            || each.group() >= plan.groups().size()
            || merged.containsKey(each.group())) {
          throw notDone("group " + each.group() + " of " + entry.path() + " is not wanted");
        }
        CompactStep.Merged file =
            new CompactStep.Merged(
                LandedFile.of(manifest.attempt(), each.file()),
                plan.groups().get(each.group()).inputs().stream()
                    .map(CompactPlan.Input::held)
                    .toList());
        file.check();
        merged.put(each.group(), file);
      }
    }
    if (merged.size() != plan.groups().size()) {
      throw notDone(merged.size() + " of " + plan.groups().size() + " groups of files were merged");
    }
    return merged;
  }

  private static LoaderException notDone(String what) {
    return new LoaderException(
        ExitCode.FAILURE,
        "The tasks have not done what was planned: " + what + ". Nothing was changed.");
  }
}
