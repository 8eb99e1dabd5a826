package io.kafkahdfs.producer.simulation;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.producer.config.TargetConnection;
import io.kafkahdfs.producer.job.SimulatedExport;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.send.InlineTask;
import io.kafkahdfs.producer.state.ExportRun;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.producer.state.RoundFolder;
import io.kafkahdfs.stop.StopSignal;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.simulation.Seeds;
import io.kafkahdfs.testkit.simulation.SimulatedFileStore;
import io.kafkahdfs.testkit.simulation.SimulatedPort;
import io.kafkahdfs.testkit.simulation.SimulatedProcess;
import io.kafkahdfs.testkit.simulation.Simulation;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.security.Credentials;

/**
 * One history of an export: two users who run the same command, side by side and again and again,
 * while Kafka forgets; and in the end a run that must find, or bring, everything in order.
 */
final class ExportWorld implements Seeds.History {
  private static final String EXPORT = "export";
  private static final PartitionId TARGET = new PartitionId("topic", 0);
  private static final List<List<String>> FILES = List.of(lines("a", 9), lines("b", 5));

  private final long seed;
  private final java.nio.file.Path temporary;
  private final Simulation simulation;
  private final InMemoryFileStore files;
  private final FileStore shared;
  private final InMemoryCluster cluster;
  private final Guarantee guarantee;
  private final Path state;
  private final ExportAuditor auditor;
  private final boolean forgetful;
  private int runs;

  /**
   * @param temporary a folder that is there, with the files of {@link #writeInput}
   * @param mutant makes the file store worse than it is
   */
  ExportWorld(
      java.nio.file.Path temporary, long seed, boolean traced, UnaryOperator<FileStore> mutant) {
    this.seed = seed;
    this.temporary = temporary;
    this.simulation = new Simulation(seed, traced);
    this.files = new InMemoryFileStore(simulation::now);
    this.shared = mutant.apply(files);
    // Tasks read their plan through Hadoop: it is copied to the same place of the real file system.
    this.state = new Path(temporary.resolve("state-" + seed).toUri());
    this.guarantee = seed % 3 == 0 ? Guarantee.AT_LEAST_ONCE : Guarantee.EXACTLY_ONCE;
    this.cluster = new InMemoryCluster(seed % 6 == 0 ? Generation.LEGACY : Generation.MODERN);
    cluster.createTopic(TARGET.topic(), 1);
    Exports exports = new Exports(files, state);
    this.auditor =
        new ExportAuditor(cluster, TARGET, exports, exports.folder(EXPORT), guarantee, FILES);
    this.forgetful = simulation.random().nextInt(3) == 0;
    simulation.between(this::forget);
  }

  private static List<String> lines(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  /** Writes what all of these exports send. */
  static void writeInput(java.nio.file.Path folder) throws IOException {
    Files.createDirectories(folder.resolve("in"));
    for (int i = 0; i < FILES.size(); i++) {
      Files.write(folder.resolve("in").resolve(i + ".txt"), FILES.get(i));
    }
  }

  @Override
  public Simulation simulation() {
    return simulation;
  }

  @Override
  public void run() {
    simulation.run("director", this::direct);
  }

  private void direct(SimulatedProcess self) throws Exception {
    List<SimulatedProcess> users = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      users.add(simulation.start("user" + i, this::use));
    }
    self.await(() -> users.stream().allMatch(SimulatedProcess::isGone));
    simulation.calm();
    self.await(simulation::isAlone);
    simulation.pass(Duration.ofHours(1));
    export(self, "last", false);
    auditor.atEnd();
  }

  private void use(SimulatedProcess self) {
    for (int i = 1 + simulation.random().nextInt(3); i > 0; i--) {
      String run = "run" + runs++;
      SimulatedProcess driver = simulation.start("driver-" + run, process -> attend(process, run));
      self.await(driver::isGone);
    }
  }

  private void attend(SimulatedProcess self, String run) throws InterruptedException {
    try {
      export(self, run, simulation.chance(0.3));
      simulation.trace().note(self.name(), "exit 0");
    } catch (IOException e) {
      simulation.trace().note(self.name(), "ends: " + e.getMessage());
    }
  }

  private void export(SimulatedProcess self, String run, boolean again)
      throws IOException, InterruptedException {
    Configuration configuration = configuration();
    configuration.setBoolean(ExportSettings.AGAIN.key(), again);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    int receipts = auditor.receipts();
    String outcome =
        SimulatedExport.run(
            new Invocation(
                configuration,
                new Credentials(),
                TargetConnection.settings(configuration),
                new Console(nowhere, nowhere, false),
                StopSignal.NONE),
            new RunOrigin(run, "me", "host-of-" + run, Instant.ofEpochMilli(simulation.now())),
            new Exports(store(self), state),
            new SimulatedExport.Engine() {
              @Override
              public KafkaTarget connect() {
                return target(self);
              }

              @Override
              public boolean run(RoundFolder round, Set<Integer> splits) {
                List<Integer> open = List.copyOf(new TreeSet<>(splits));
                new ExportRun(round, splits, 1).putInto(configuration);
                return new ExportTasks(
                        simulation,
                        run,
                        (name, split, number) ->
                            new Attempt(
                                configuration,
                                name,
                                open.indexOf(split),
                                attemptId(run, split, number)))
                    .run(self, open);
              }
            });
    auditor.saidDone(run, outcome, receipts, again);
  }

  private TaskAttemptID attemptId(String run, int split, int number) {
    return new TaskAttemptID("simulated" + seed + run, 1, TaskType.MAP, split, number);
  }

  private void changed(Path path) throws IOException {
    if (path.getName().startsWith("plan")) {
      copyPlan();
    }
    auditor.changed(path);
  }

  /** Whoever reads the plan through Hadoop sees it as it is now. */
  private void copyPlan() throws IOException {
    Path plan = new Exports(files, state).folder(EXPORT).plan();
    java.nio.file.Path real = java.nio.file.Path.of(plan.toUri().getPath());
    if (files.entry(plan).isPresent()) {
      Files.createDirectories(real.getParent());
      Files.write(real, AtomicFile.read(files, plan));
    } else {
      Files.deleteIfExists(real);
    }
  }

  /** An attempt of a task: real reader and writer. */
  private final class Attempt implements ExportTasks.Attempt {
    private final SimulatedProcess process;
    private boolean succeeded;

    Attempt(Configuration configuration, String name, int split, TaskAttemptID id) {
      process =
          simulation.start(
              name,
              self -> {
                try {
                  new InlineTask(
                          configuration,
                          id,
                          split,
                          target(self),
                          store(self),
                          () -> simulation.now() * 1_000_000,
                          value -> true)
                      .run();
                  succeeded = true;
                } catch (IOException e) {
                  simulation.trace().note(name, "ends: " + e.getMessage());
                }
              });
    }

    @Override
    public SimulatedProcess process() {
      return process;
    }

    @Override
    public boolean succeeded() {
      return succeeded;
    }
  }

  private FileStore store(SimulatedProcess process) {
    return new SimulatedFileStore(shared, process, this::changed);
  }

  private KafkaTarget target(SimulatedProcess process) {
    return SimulatedPort.of(cluster.target(), process, auditor::sent);
  }

  /** As brokers do after a time: a group's progress, or who sends under a transactional id. */
  private void forget() {
    if (!forgetful || !simulation.chance(0.01)) {
      return;
    }
    try {
      Optional<ExportPlan> plan =
          new Exports(files, state)
              .read(new Exports(files, state).folder(EXPORT).plan(), ExportPlan.class);
      if (plan.isPresent()) {
        String id = plan.get().transactionalId(simulation.random().nextInt(2));
        if (simulation.random().nextBoolean()) {
          cluster.forgetGroup(id);
        } else {
          cluster.forgetTransactionalId(id);
        }
        simulation.trace().note("kafka", "forgets of " + id);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Configuration configuration() {
    JobConf configuration = new JobConf(false);
    configuration.set(ExportSettings.BOOTSTRAP_SERVERS.key(), "localhost:1");
    configuration.set(InputSettings.INPUT.key(), temporary.resolve("in").toUri() + "*.txt");
    configuration.set(InputSettings.FORMAT.key(), "text");
    configuration.set(ExportSettings.TOPIC.key(), TARGET.topic());
    configuration.set(ExportSettings.EXPORT_ID.key(), EXPORT);
    configuration.set(ExportSettings.MAPS.key(), "2");
    configuration.set(ExportSettings.GUARANTEE.key(), guarantee.toString());
    configuration.set(ExportSettings.COMMIT_RECORDS.key(), String.valueOf(2 + seed % 4));
    configuration.set(ExportSettings.COMMIT_INTERVAL.key(), "50s");
    return configuration;
  }
}
