package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.write.TaskManifest;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Commits a run whose tasks are done. Repeatable: if the run has committed already, it says so. Of
 * two runs that were planned from the same commit one gets a failure here, and has changed nothing.
 */
public final class CommitStep {
  private final FileStore store;
  private final RunFolder run;
  private final CommitStore commits;
  private final CommitLog log;

  public CommitStep(FileStore store, RunFolder run) {
    this.store = store;
    this.run = run;
    this.commits = new CommitStore(store, run.state());
    this.log = new CommitLog(store, run.state());
  }

  /**
   * @return the commit; empty if the tasks got nowhere and there is nothing to commit
   * @throws LoaderException if the manifests do not fulfil the plan, or another run was faster
   */
  public Optional<Commit> commit() throws IOException {
    if (store.entry(run.plan()).isEmpty()) {
      return Optional.of(withoutPlan());
    }
    RunPlan plan = Json.readSealed(store, run.plan(), RunPlan.class, RunFolder.WAY_OUT);
    Optional<Commit> earlier = log.find(plan.number(), run);
    if (earlier.isPresent()) {
      return earlier;
    }
    Optional<Commit> previous =
        plan.number() == 1 ? Optional.empty() : Optional.of(commits.read(plan.number() - 1));
    String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    Commit commit = CommitAssembly.assemble(plan, manifests(), previous, now);
    if (commit.partitions().isEmpty() && !plan.offsets().mustBeRemembered()) {
      return Optional.empty();
    }
    new RoomCheck(store, run.state()).tryOut(commit);
    log.commit(commit, run);
    return Optional.of(commit);
  }

  /** The plan goes last when a run is published, or when another run has taken it for dead. */
  private Commit withoutPlan() throws IOException {
    return log.find(run)
        .orElseThrow(
            () ->
                new LoaderException(
                    ExitCode.BUSY,
                    "The plan "
                        + run.plan()
                        + " is gone: another run took this one for dead. Start it again."));
  }

  private List<TaskManifest> manifests() throws IOException {
    List<TaskManifest> manifests = new ArrayList<>();
    for (FileEntry entry : store.list(run.manifests())) {
      manifests.add(Json.readSealed(store, entry.path(), TaskManifest.class, RunFolder.WAY_OUT));
    }
    return manifests;
  }
}
