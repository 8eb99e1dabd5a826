package io.kafkahdfs.consumer.simulation;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.ChangeStep;
import io.kafkahdfs.consumer.commit.CommittedException;
import io.kafkahdfs.consumer.commit.ForgetStep;
import io.kafkahdfs.consumer.commit.RecoverStep;
import io.kafkahdfs.consumer.compact.SimulatedCompaction;
import io.kafkahdfs.consumer.config.FileSettings;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.job.SimulatedLoad;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.consumer.write.FilePer;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.stop.StopSignal;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.simulation.Seeds;
import io.kafkahdfs.testkit.simulation.SimulatedFileStore;
import io.kafkahdfs.testkit.simulation.SimulatedPort;
import io.kafkahdfs.testkit.simulation.SimulatedProcess;
import io.kafkahdfs.testkit.simulation.Simulation;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.security.Credentials;

/**
 * One history of a load: two users who run commands on one output, side by side, while records are
 * produced and expire; and in the end a run that must find everything in order.
 */
final class LoadWorld implements Seeds.History {
  private static final Console SILENT = new Console(silence(), silence(), false);

  private static final String GROUP = "lag-tools";

  private final long seed;
  private final Simulation simulation;
  private final InMemoryFileStore files;
  private final FileStore shared;
  private final Produced produced;
  private final StateFolder state;
  private final LoadAuditor auditor;
  private final double producing;
  private final Map<String, SimulatedJob> jobs = new HashMap<>();
  private final boolean committedPurges;
  private int commands;

  /**
   * @param mutant makes the file store worse than it is
   */
  LoadWorld(long seed, boolean traced, UnaryOperator<FileStore> mutant) {
    this(seed, traced, mutant, true);
  }

  /**
   * @param committedPurges false if a purge simply empties the trash, as it once did
   */
  LoadWorld(long seed, boolean traced, UnaryOperator<FileStore> mutant, boolean committedPurges) {
    this.seed = seed;
    this.committedPurges = committedPurges;
    this.simulation = new Simulation(seed, traced);
    this.files = new InMemoryFileStore(simulation::now);
    // Commits are folded away soon, or not at all.
    this.state = new StateFolder(new Path("memory:///out"), 1 + (int) (seed / 7 % 3));
    this.shared = mutant.apply(files);
    this.produced = new Produced(1 + simulation.random().nextInt(3), seed % 3 == 0);
    this.producing = List.of(0.002, 0.02, 0.08).get(simulation.random().nextInt(3));
    this.auditor = new LoadAuditor(files, state, produced);
    simulation.between(this::produce);
  }

  /** Lets it all happen. */
  @Override
  public void run() {
    simulation.run("director", this::direct);
  }

  @Override
  public Simulation simulation() {
    return simulation;
  }

  Produced produced() {
    return produced;
  }

  /** How many commits there are. */
  int commits() {
    return auditor.commits();
  }

  FileStore store(SimulatedProcess process) {
    return new SimulatedFileStore(shared, process, auditor);
  }

  boolean endsEarly() {
    return seed % 4 == 0;
  }

  long rollBytes() {
    return 20 + seed % 60;
  }

  FilePer filePer() {
    return seed / 5 % 2 == 0 ? FilePer.TOPIC : FilePer.PARTITION;
  }

  private void produce() {
    if (!simulation.chance(producing)) {
      return;
    }
    int partition = simulation.random().nextInt(produced.partitions());
    switch (simulation.random().nextInt(12)) {
      case 0 -> produced.skip(partition, 1 + simulation.random().nextInt(3));
      case 1 -> produced.expire(partition, simulation.random().nextInt(5));
      case 2 -> produced.addPartitions(Math.min(4, produced.partitions() + 1));
      default -> produced.produce(partition, 1 + simulation.random().nextInt(6));
    }
  }

  private void direct(SimulatedProcess self) throws Exception {
    produced.produce(0, 10);
    List<SimulatedProcess> users = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      users.add(simulation.start("user" + i, this::use));
    }
    self.await(() -> users.stream().allMatch(SimulatedProcess::isGone));
    simulation.calm();
    self.await(simulation::isAlone);
    simulation.pass(Duration.ofHours(1));
    for (int runs = 1; ; runs++) {
      SimulatedLoad.Said said = load(self, origin("last" + runs));
      if (said.commit().isEmpty()) {
        break;
      }
      if (runs == 3) {
        throw new AssertionError("A run in peace must get to the end: " + said);
      }
    }
    auditor.lookAtEnd();
    if (publishes() && !published().entrySet().containsAll(auditor.next().entrySet())) {
      throw new AssertionError(
          "The group has %s, and the last commit %s".formatted(published(), auditor.next()));
    }
  }

  private Map<PartitionId, Long> published() throws IOException {
    return produced.cluster().publishedOffsets(GROUP);
  }

  private boolean publishes() {
    return seed % 2 == 0;
  }

  private void use(SimulatedProcess self) {
    for (int i = 1 + simulation.random().nextInt(3); i > 0; i--) {
      int number = commands++;
      Command command = command();
      SimulatedProcess driver =
          simulation.start(
              "driver" + number, process -> attend(process, command, origin("run" + number)));
      self.await(driver::isGone);
    }
  }

  private interface Command {
    void run(SimulatedProcess self, RunOrigin origin) throws IOException, InterruptedException;
  }

  private Command command() {
    return switch (simulation.random().nextInt(15)) {
      case 0, 1, 2 -> this::rollBack;
      case 3 -> this::setOffsets;
      case 4 -> this::recover;
      case 5 -> this::purge;
      case 6 -> this::forget;
      case 7, 8 -> this::compact;
      default -> this::load;
    };
  }

  private void attend(SimulatedProcess self, Command command, RunOrigin origin)
      throws InterruptedException {
    try {
      command.run(self, origin);
      simulation.trace().note(self.name(), "exit 0");
    } catch (LoaderException e) {
      simulation.trace().note(self.name(), e.exitCode() + ": " + e.getMessage());
      if (e instanceof CommittedException committed) {
        auditor.saidCommitted(committed);
      } else if (e.exitCode() == ExitCode.BUSY || e.getMessage().contains("committed nothing")) {
        auditor.saidNothingLanded(origin.run(), e.getMessage());
      }
    } catch (IOException e) {
      simulation.trace().note(self.name(), "failed: " + e);
      // The command says so of all failures that have no message of their own.
      auditor.saidNothingLanded(origin.run(), e.toString());
    }
  }

  private RunOrigin origin(String run) {
    return new RunOrigin(run, "me", "host-of-" + run, Instant.ofEpochMilli(simulation.now()));
  }

  private SimulatedLoad.Said load(SimulatedProcess self, RunOrigin origin)
      throws IOException, InterruptedException {
    SortedMap<PartitionId, Long> ends = produced.ends();
    SimulatedLoad.Said said =
        SimulatedLoad.run(
            new Invocation(
                SimulatedJob.CONFIGURATION, new Credentials(), settings(), SILENT, StopSignal.NONE),
            new LoadOutput(store(self), state),
            origin,
            new SimulatedLoad.Engine() {
              @Override
              public KafkaCluster connect() {
                return SimulatedPort.of(produced.cluster(), self);
              }

              @Override
              public boolean run(Run run, RunPlan plan) {
                JobID id = new JobID("simulated" + seed + origin.run(), 1);
                SimulatedJob job = new SimulatedJob(LoadWorld.this, run, plan, id);
                jobs.put(origin.run(), job);
                return job.run(self);
              }

              @Override
              public void endLeft(String run) throws IOException {
                if (jobs.containsKey(run)) {
                  self.step("kill job", run, jobs.get(run)::kill);
                }
              }
            });
    if (said.commit().isPresent()) {
      auditor.saidCommitted(origin.run(), said.commit().get());
    } else if (!said.why().contains("time was up")) {
      auditor.saidNothingToDo(origin.run(), ends, said.next());
    }
    return said;
  }

  private Settings settings() throws IOException {
    Map<String, String> texts = new HashMap<>();
    set(texts, LoadSettings.BOOTSTRAP_SERVERS, "kafka:9092");
    set(texts, LoadSettings.TOPICS, Produced.TOPIC);
    set(texts, FileSettings.FORMAT, "text");
    set(texts, LoadSettings.ON_MISSING, "skip");
    set(texts, LoadSettings.MAPS, String.valueOf(1 + seed % 3));
    if (publishes()) {
      set(texts, LoadSettings.GROUP, GROUP);
    }
    if (endsEarly()) {
      set(texts, LoadSettings.MAX_DURATION, "1h");
    }
    return Settings.read(LoadSettings.ALL, texts::get);
  }

  private static void set(Map<String, String> texts, Setting<?> setting, String text) {
    texts.put(setting.key(), text);
  }

  private interface Task {
    void run(FileStore store) throws IOException, InterruptedException;
  }

  private void locked(SimulatedProcess self, RunOrigin origin, Task task)
      throws IOException, InterruptedException {
    FileStore store = store(self);
    if (store.entry(state.path()).isEmpty()) {
      return;
    }
    try (LoadLock lock =
        LoadLock.acquire(store, state.path(), origin.owner(), Duration.ZERO, StopSignal.NONE)) {
      new RecoverStep(store, state).recover();
      task.run(store);
    }
  }

  private void rollBack(SimulatedProcess self, RunOrigin origin)
      throws IOException, InterruptedException {
    locked(
        self,
        origin,
        store -> {
          ChangeStep step = new ChangeStep(store, state, origin.owner());
          long to = simulation.random().nextInt(Math.max(1, auditor.commits()));
          step.rollback(step.planRollback(to, simulation.chance(0.1)), "because");
        });
  }

  private void purge(SimulatedProcess self, RunOrigin origin)
      throws IOException, InterruptedException {
    locked(
        self,
        origin,
        store -> {
          if (committedPurges) {
            new ChangeStep(store, state, origin.owner()).purge("because");
          } else {
            store.delete(state.trash());
          }
        });
  }

  private void forget(SimulatedProcess self, RunOrigin origin)
      throws IOException, InterruptedException {
    locked(
        self,
        origin,
        store -> {
          ForgetStep step = new ForgetStep(store, state, origin.owner());
          step.forget(step.plan((file, commit, time) -> simulation.chance(0.5), "by chance"), null);
        });
  }

  private void compact(SimulatedProcess self, RunOrigin origin)
      throws IOException, InterruptedException {
    locked(
        self,
        origin,
        store ->
            new SimulatedCompaction(new LoadOutput(store, state), origin.owner())
                .run(20 + simulation.random().nextInt(300), file -> simulation.chance(0.8)));
  }

  private void setOffsets(SimulatedProcess self, RunOrigin origin)
      throws IOException, InterruptedException {
    locked(
        self,
        origin,
        store -> {
          Map<PartitionId, Long> edits = new HashMap<>();
          auditor
              .next()
              .forEach(
                  (partition, next) -> {
                    long end = produced.ends().get(partition);
                    edits.put(
                        partition, next + simulation.random().nextInt((int) (end - next) + 1));
                  });
          if (!edits.isEmpty()) {
            new ChangeStep(store, state, origin.owner()).setOffsets(edits, "because");
          }
        });
  }

  private void recover(SimulatedProcess self, RunOrigin origin)
      throws IOException, InterruptedException {
    locked(self, origin, store -> {});
  }

  private static PrintStream silence() {
    return new PrintStream(OutputStream.nullOutputStream());
  }
}
