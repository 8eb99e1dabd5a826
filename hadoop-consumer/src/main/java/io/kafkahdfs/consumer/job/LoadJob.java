package io.kafkahdfs.consumer.job;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitStep;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.commit.CommittedException;
import io.kafkahdfs.consumer.commit.NothingCommitted;
import io.kafkahdfs.consumer.commit.PublishStep;
import io.kafkahdfs.consumer.commit.RecoverStep;
import io.kafkahdfs.consumer.commit.RoomCheck;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.TopicSelection;
import io.kafkahdfs.consumer.plan.ClusterIdentity;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.consumer.plan.LoadIdentity;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.UndecidedNotice;
import io.kafkahdfs.consumer.split.PlannedSplit;
import io.kafkahdfs.consumer.split.RunPlan;
import io.kafkahdfs.consumer.split.SplitPacker;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.consumer.write.PathLayout;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a load, from recovery to publication: the protocol, step by step. */
final class LoadJob {
  private static final Logger LOG = LoggerFactory.getLogger(LoadJob.class);

  private final Invocation invocation;
  private final LoadEngine engine;
  private final Settings settings;
  private final Console console;
  private final FileStore store;
  private final StateFolder state;
  private final RunOrigin origin;
  private final RangeChoice choice;

  LoadJob(Invocation invocation, LoadOutput output, RunOrigin origin, RangeChoice choice) {
    this(invocation, output, origin, choice, LoadEngine.of(invocation, output.store()));
  }

  LoadJob(
      Invocation invocation,
      LoadOutput output,
      RunOrigin origin,
      RangeChoice choice,
      LoadEngine engine) {
    this.invocation = invocation;
    this.engine = engine;
    this.settings = invocation.settings();
    this.console = invocation.console();
    this.store = output.store();
    this.state = output.state();
    this.origin = origin;
    this.choice = choice;
  }

  /** Runs the load. */
  Summary run() throws IOException, InterruptedException {
    if (store.entry(state.path()).isEmpty()) {
      OffsetPlan offsets = plan().offsets();
      if (offsets.changesNothing()) {
        // A first run without anything to load leaves not even a folder.
        return Summary.nothingToDo(whyNothing(offsets), offsets, elapsed());
      }
    }
    store.mkdirs(state.staging());
    store.mkdirs(state.commits());
    Duration patience = settings.find(LoadSettings.WAIT).orElse(Duration.ZERO);
    try (LoadLock lock =
        LoadLock.acquire(store, state.path(), origin.owner(), patience, invocation.stop())) {
      return runLocked();
    }
  }

  private Summary runLocked() throws IOException, InterruptedException {
    endLeftJobs();
    RecoverStep.Recovered recovered = recover();
    if (!recovered.published().isEmpty()) {
      console.print("Published what an earlier run had committed: " + recovered.published() + "\n");
    }
    if (!recovered.removed().isEmpty()) {
      LOG.info("Removed what dead runs left: {}", recovered.removed());
    }
    RunPlan plan = plan();
    if (!plan.offsets().check().unchecked().isEmpty()) {
      LOG.info("Could not look at the last records of {}", plan.offsets().check().unchecked());
    }
    for (var vanished : plan.offsets().vanished()) {
      console.warn(vanished + " does not exist any more. Its next offset is kept.");
    }
    UndecidedNotice.of(plan.offsets(), plan.bootstrapServers()).ifPresent(console::warn);
    if (plan.offsets().changesNothing()) {
      return Summary.nothingToDo(whyNothing(plan.offsets()), plan.offsets(), elapsed());
    }
    RunFolder run = state.run(origin.run());
    Optional<Commit> commit;
    try {
      run.create(store);
      new RoomCheck(store, state).tryOut(run, RoomCheck.topics(plan.splits()));
      AtomicFile.create(
          store, new Path(run.path(), "plan.draft"), run.plan(), Json.writeSealed(plan));
      commit = execute(plan, run);
    } catch (IOException | InterruptedException | RuntimeException e) {
      commit = settle(plan.number(), run, e);
    }
    if (commit.isEmpty()) {
      // The run's time was up before it had read anything.
      remove(run);
      return Summary.nothingToDo(
          "the time was up before anything was read.", plan.offsets(), elapsed());
    }
    // The application master has done this already, unless it died after the commit point.
    new PublishStep(store, state).publish(commit.get());
    publishOffsets(commit.get(), plan);
    return Summary.of(commit.get(), plan.offsets(), elapsed());
  }

  private RecoverStep.Recovered recover() throws IOException {
    try {
      return new RecoverStep(store, state).recover();
    } catch (CommittedException e) {
      // It tells of an earlier run's commit, and not of this one.
      throw NothingCommitted.because(e);
    }
  }

  /**
   * Ends jobs that go on without their driver. They could not commit any more; they only keep
   * brokers and cluster busy.
   */
  private void endLeftJobs() throws IOException, InterruptedException {
    for (FileEntry left : store.list(state.staging())) {
      try {
        engine.endLeft(left.path());
      } catch (IOException e) {
        LOG.warn("Cannot end the job of the dead run {}: {}", left.name(), e.toString());
      }
    }
  }

  private static String whyNothing(OffsetPlan offsets) {
    if (offsets.partitions().isEmpty()) {
      return offsets.internalTopics().isEmpty()
          ? "no topic matches."
          : "only Kafka's own topics match, which are left out: "
              + String.join(", ", offsets.internalTopics())
              + ".";
    }
    long undecided = offsets.partitions().stream().mapToLong(PartitionPlan::undecided).sum();
    if (undecided > 0) {
      return "all that can be read has landed already, but "
          + Amounts.count(undecided)
          + " offsets are written and undecided.";
    }
    return offsets.partitions().stream().allMatch(partition -> partition.until() == 0)
        ? "the topics hold no records yet."
        : "all that can be read has landed already.";
  }

  /**
   * Finds out whether a run that has failed is committed all the same.
   *
   * @return its commit, which is there
   * @throws IOException what the run failed with, if it is not
   */
  private Optional<Commit> settle(long number, RunFolder run, Exception failure)
      throws IOException, InterruptedException {
    Optional<Commit> commit = new CommitStore(store, state).settle(number, run, failure);
    if (commit.isPresent()) {
      LOG.warn("Commit {} was made, though its run ended with a failure", number, failure);
      return commit;
    }
    remove(run);
    if (failure instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    throw NothingCommitted.because(failure);
  }

  private void remove(RunFolder run) {
    try {
      store.delete(run.path());
    } catch (IOException e) {
      LOG.warn("Cannot remove {}; the next run will: {}", run.path(), e.toString());
    }
  }

  private Optional<Commit> execute(RunPlan plan, RunFolder run)
      throws IOException, InterruptedException {
    if (plan.splits().isEmpty()) {
      return new CommitStep(store, run).commit();
    }
    Optional<Instant> deadline =
        settings.find(LoadSettings.MAX_DURATION).map(origin.started()::plus);
    MapReduceRun.Ended ended = engine.run(new Run(run, deadline), plan);
    Optional<Commit> commit = new CommitStore(store, state).find(plan.number(), run);
    if (commit.isEmpty() && !ended.successful()) {
      throw failure(run, ended.job());
    }
    return commit;
  }

  private LoaderException failure(RunFolder run, String job) throws IOException {
    invocation.stop().check("The next run reads the same offsets again.");
    List<TaskFailures.Failure> failures = TaskFailures.read(store, run.failures());
    return failures.stream()
        .min(Comparator.comparing(TaskFailures.Failure::message))
        .map(first -> new LoaderException(first.exitCode(), first.message()))
        .orElseGet(
            () ->
                new LoaderException(
                    ExitCode.FAILURE,
                    "The MapReduce job "
                        + job
                        + " failed, and its log says why (on a cluster: mapred job -logs "
                        + job
                        + "). The next run reads the same offsets again."));
  }

  /** What a run would do now. Changes nothing. */
  RunPlan plan() throws IOException {
    CommitStore commits = new CommitStore(store, state);
    Optional<Commit> last = commits.last();
    LoadIdentity load =
        LoadIdentity.of(TopicSelection.of(settings), settings.get(LoadSettings.FORMAT).id());
    last.ifPresent(commit -> LOG.info("The last commit is {}", commit.number()));
    if (last.isPresent()) {
      checkSameLoad(last.get().load(), load);
    }
    OffsetPlan offsets;
    ClusterIdentity identity;
    try (KafkaCluster cluster = engine.connect()) {
      checkGroup(cluster);
      History history = last.map(Commit::history).orElse(History.NONE);
      // The cluster is asked one time, and everything follows from its answer: a topic that is
      // created meanwhile is in all of the plan or in none of it.
      TopicsSnapshot topics = cluster.describe(TopicSelection.of(settings));
      identity = ClusterIdentity.of(cluster, topics);
      if (last.isPresent()) {
        identity.checkSame(last.get().cluster());
      }
      offsets = choice.choose(cluster, topics, history);
    }
    UndecidedNotice.check(
        offsets,
        settings.get(LoadSettings.ON_UNDECIDED),
        settings.get(LoadSettings.BOOTSTRAP_SERVERS));
    PathLayout.checkTopics(
        offsets.partitions().stream().map(PartitionPlan::partition).map(p -> p.topic()).toList());
    List<PlannedSplit> splits = SplitPacker.pack(offsets, settings.find(LoadSettings.MAPS));
    new RoomCheck(store, state).look(RoomCheck.topics(splits), invocation.configuration());
    return new RunPlan(
        origin.run(),
        last.map(Commit::number).orElse(0L) + 1,
        origin.user(),
        origin.host(),
        origin.started().toString(),
        settings.get(LoadSettings.BOOTSTRAP_SERVERS),
        identity,
        load,
        settings.isGiven(LoadSettings.MAX_DURATION),
        settings.isGiven(LoadSettings.MAPPER),
        offsets,
        splits);
  }

  private void checkGroup(KafkaCluster cluster) throws InvalidSettingException {
    if (settings.isGiven(LoadSettings.GROUP) && !cluster.publishesOffsets()) {
      throw new InvalidSettingException(
          "--group "
              + settings.get(LoadSettings.GROUP)
              + " cannot work with this cluster: the client of Kafka 0.9 cannot set a group's"
              + " offsets. Leave --group out.");
    }
  }

  /** Tells lag tools how far the load has come. The commit stands, whether this works or not. */
  private void publishOffsets(Commit commit, RunPlan plan) {
    Optional<String> group = settings.find(LoadSettings.GROUP);
    if (group.isEmpty()) {
      return;
    }
    try (KafkaCluster cluster = engine.connect()) {
      Map<PartitionId, Long> next = new TreeMap<>(commit.history().checkpoint().nextOffsets());
      next.keySet()
          .retainAll(
              plan.offsets().partitions().stream()
                  .map(PartitionPlan::partition)
                  .collect(Collectors.toSet()));
      cluster.publishOffsets(group.get(), next);
    } catch (IOException e) {
      console.warn(
          "The run is committed, but its offsets could not be published as those of the group "
              + group.get()
              + ": "
              + e.getMessage());
    }
  }

  private void checkSameLoad(LoadIdentity before, LoadIdentity now) throws LoaderException {
    if (!before.equals(now) && !settings.get(LoadSettings.ACCEPT_CHANGE)) {
      throw new InvalidSettingException(
          "The output "
              + state.root()
              + " belongs to another load ("
              + before
              + "), and this one is "
              + now
              + ". Give another --output, or --accept-change to go on with this one.");
    }
  }

  private Duration elapsed() {
    return Duration.between(origin.started(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }
}
