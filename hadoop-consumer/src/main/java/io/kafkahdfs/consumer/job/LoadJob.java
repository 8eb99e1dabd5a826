package io.kafkahdfs.consumer.job;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.consumer.commit.AfterCommitStep;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitLog;
import io.kafkahdfs.consumer.commit.CommitStep;
import io.kafkahdfs.consumer.commit.CommittedException;
import io.kafkahdfs.consumer.commit.GroupOffsetsStep;
import io.kafkahdfs.consumer.commit.NothingCommitted;
import io.kafkahdfs.consumer.commit.RecoverStep;
import io.kafkahdfs.consumer.commit.RoomCheck;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.plan.UndecidedNotice;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.consumer.table.TableStep;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private final RunPlanner planner;
  private final CommitLog log;
  private final Optional<TableStep> table;

  LoadJob(Invocation invocation, LoadOutput output, RunOrigin origin, RangeChoice choice) {
    this(invocation, output, origin, choice, Optional.empty());
  }

  /**
   * @param table that is to learn of the commits
   */
  LoadJob(
      Invocation invocation,
      LoadOutput output,
      RunOrigin origin,
      RangeChoice choice,
      Optional<TableStep> table) {
    this(invocation, output, origin, choice, LoadEngine.of(invocation, output.store()), table);
  }

  LoadJob(
      Invocation invocation,
      LoadOutput output,
      RunOrigin origin,
      RangeChoice choice,
      LoadEngine engine,
      Optional<TableStep> table) {
    this.invocation = invocation;
    this.engine = engine;
    this.settings = invocation.settings();
    this.console = invocation.console();
    this.store = output.store();
    this.state = output.state();
    this.origin = origin;
    this.planner = new RunPlanner(invocation, output, origin, choice, engine);
    this.log = new CommitLog(store, state);
    this.table = table;
  }

  /** Runs the load. */
  Summary run() throws IOException, InterruptedException {
    if (store.entry(state.path()).isEmpty()) {
      OffsetPlan offsets = planner.plan().offsets();
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
    RunPlan plan = planner.plan();
    if (!plan.offsets().check().unchecked().isEmpty()) {
      LOG.info("Could not look at the last records of {}", plan.offsets().check().unchecked());
    }
    for (var vanished : plan.offsets().vanished()) {
      console.warn(vanished + " does not exist any more. Its next offset is kept.");
    }
    UndecidedNotice.of(plan.offsets(), plan.bootstrapServers()).ifPresent(console::warn);
    List<AfterCommitStep> steps = steps(plan.offsets());
    List<String> behind = rollForward(steps);
    if (table.isPresent()) {
      table.get().begin();
    }
    String tableBehind = table.isEmpty() ? null : tellTable(log.last());
    if (plan.offsets().changesNothing()) {
      behind.forEach(console::warn);
      return Summary.nothingToDo(whyNothing(plan.offsets()), plan.offsets(), elapsed())
          .withTableBehind(tableBehind);
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
      run.abandon(store);
      return Summary.nothingToDo(
              "the time was up before anything was read.", plan.offsets(), elapsed())
          .withTableBehind(tableBehind);
    }
    // The application master has done this already, unless it died after the commit point.
    log.publish(commit.get());
    log.follow(commit.get(), steps).forEach(console::warn);
    tableBehind = tellTable(commit);
    return Summary.of(commit.get(), plan.offsets(), state.root().toString(), elapsed())
        .withTableBehind(tableBehind);
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
   * Ends jobs that still run without their driver. They could not commit any more; they only keep
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
    if (offsets.left() > 0) {
      return "all that can be read before --end has landed already.";
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
    Optional<Commit> commit = log.settle(number, run, failure);
    if (commit.isPresent()) {
      LOG.warn("Commit {} was made, though its run ended with a failure", number, failure);
      return commit;
    }
    run.abandon(store);
    if (failure instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    throw NothingCommitted.because(failure);
  }

  private Optional<Commit> execute(RunPlan plan, RunFolder run)
      throws IOException, InterruptedException {
    if (plan.splits().isEmpty()) {
      return new CommitStep(store, run).commit();
    }
    Optional<Instant> deadline =
        settings.find(LoadSettings.MAX_DURATION).map(origin.started()::plus);
    MapReduceRun.Ended ended =
        engine.run(
            new Run(
                run,
                deadline,
                origin.started(),
                Optional.ofNullable(plan.previous()).map(Instant::parse),
                plan.number(),
                table.isPresent() ? Run.Purpose.LOAD_FOR_TABLE : Run.Purpose.LOAD),
            plan);
    Optional<Commit> commit = log.find(plan.number(), run);
    if (commit.isEmpty() && !ended.successful()) {
      throw failure(run, ended.job());
    }
    return commit;
  }

  private LoaderException failure(RunFolder run, String job) throws IOException {
    String again = "The next run reads the same offsets again.";
    invocation.stop().check(again);
    return TaskFailures.ofJob(store, run.failures(), job, again);
  }

  /**
   * Carries out what an earlier run has left undone behind its commit.
   *
   * @return what could not be done now either; the run's own commit is the next try
   */
  private List<String> rollForward(List<AfterCommitStep> steps) throws IOException {
    Optional<Commit> last = steps.isEmpty() ? Optional.empty() : log.last();
    List<String> behind = last.map(commit -> log.follow(commit, steps)).orElse(List.of());
    behind.forEach(LOG::info);
    return behind;
  }

  /**
   * Tells the table, if there is one, of all commits up to the last one.
   *
   * @return why it is behind; null if it is not
   */
  private String tellTable(Optional<Commit> last) {
    return last.isEmpty() || table.isEmpty()
        ? null
        : log.follow(last.get(), List.of(table.get())).stream().findFirst().orElse(null);
  }

  /** What else is to follow a commit, in this order. */
  private List<AfterCommitStep> steps(OffsetPlan plan) {
    return settings.find(LoadSettings.GROUP).stream()
        .map(group -> new GroupOffsetsStep(engine::connect, group, partitions(plan)))
        .map(AfterCommitStep.class::cast)
        .toList();
  }

  private static Set<PartitionId> partitions(OffsetPlan plan) {
    return plan.partitions().stream().map(PartitionPlan::partition).collect(Collectors.toSet());
  }

  private Duration elapsed() {
    return Duration.between(origin.started(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }
}
