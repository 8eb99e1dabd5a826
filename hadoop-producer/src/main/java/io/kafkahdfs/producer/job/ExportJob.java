package io.kafkahdfs.producer.job;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.TargetConnection;
import io.kafkahdfs.producer.look.TargetLook;
import io.kafkahdfs.producer.partition.TargetTopics;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.plan.ExportPlanner;
import io.kafkahdfs.producer.plan.InputFile;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.producer.state.RoundFolder;
import io.kafkahdfs.run.SubmittedJob;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** One run of an export, from its plan to its receipt: the steps of the protocol in their order. */
final class ExportJob {
  private final Invocation invocation;
  private final Configuration configuration;
  private final Settings settings;
  private final Exports exports;
  private final FileStore store;
  private final RunOrigin origin;
  private final Console console;
  private final ExportPlanner planner;
  private final ExportFolder folder;
  private final SubmittedJob submitted;
  private final Connection connection;
  private final SplitsJob job;
  private final ResumeStep resume;
  private final TidyStep tidy;

  /** Connects to the target. */
  @FunctionalInterface
  interface Connection {
    KafkaTarget connect() throws IOException;
  }

  ExportJob(Invocation invocation, RunOrigin origin) throws IOException {
    this(
        invocation,
        origin,
        Exports.of(invocation.settings(), invocation.configuration()),
        () -> TargetConnection.connect(invocation.configuration(), invocation.credentials()),
        submitted -> new MapReduceRun(invocation, origin.run(), submitted));
  }

  /**
   * @param job makes what sends the splits; it is handed what remembers the job
   */
  ExportJob(
      Invocation invocation,
      RunOrigin origin,
      Exports exports,
      Connection connection,
      Function<SubmittedJob, SplitsJob> job)
      throws IOException {
    this.invocation = invocation;
    this.configuration = invocation.configuration();
    this.settings = invocation.settings();
    this.console = invocation.console();
    this.exports = exports;
    this.connection = connection;
    this.store = exports.store();
    this.origin = origin;
    this.planner = new ExportPlanner(configuration, settings, origin);
    this.folder = exports.folder(planner.id());
    this.submitted = new SubmittedJob(configuration, store, folder.path());
    this.job = job.apply(submitted);
    this.resume = new ResumeStep(exports, folder, planner, invocation);
    this.tidy = new TidyStep(exports, folder);
  }

  /** Shows what a run would do, and changes nothing. */
  void dryRun(boolean json) throws IOException {
    Optional<Receipt> receipt = exports.read(folder.receipt(), Receipt.class);
    if (receipt.isPresent() && !isAgain()) {
      Summary done = Summary.alreadyExported(receipt.get(), elapsed());
      console.print(json ? Json.writeText(done) : done.text());
      return;
    }
    try (KafkaTarget target = connection.connect()) {
      Optional<ExportPlan> saved =
          receipt.isPresent() ? Optional.empty() : exports.read(folder.plan(), ExportPlan.class);
      ExportPlan plan =
          saved.isPresent() ? saved.get() : planner.plan(folder.export(), folder.path(), target);
      TargetTopics topics = new TargetTopics(target, settings);
      Set<String> missing = topics.missing(plan.topics());
      if (!missing.isEmpty() && !settings.isGiven(ExportSettings.CREATE_TOPICS)) {
        topics.prepare(missing);
      }
      TargetLook look = TargetLook.at(target, plan.topics(), plan.files(), settings, configuration);
      look.warnings().forEach(console::warn);
      console.print(
          json
              ? Json.writeText(plan)
              : PlanTable.of(plan, saved.isPresent(), missing)
                  + look.notes().stream().map(note -> note + "\n").collect(Collectors.joining()));
    }
  }

  /** Runs the export. */
  Summary run() throws IOException, InterruptedException {
    planner.files();
    if (store.entry(folder.path()).isEmpty()) {
      // A first run that cannot reach its Kafka leaves not even a folder.
      connection.connect().close();
    }
    makeFolder();
    Duration patience = settings.find(ExportSettings.WAIT).orElse(Duration.ZERO);
    try (LoadLock lock =
        LoadLock.acquire(store, folder.path(), origin.owner(), patience, invocation.stop())) {
      return runLocked();
    }
  }

  private void makeFolder() throws IOException {
    try {
      store.mkdirs(folder.path());
    } catch (AccessControlException e) {
      throw new LoaderException(
          ExitCode.HDFS_UNUSABLE,
          "The state cannot be kept in "
              + folder.path()
              + ": "
              + e.getMessage().lines().findFirst().orElse("")
              + ". Use another folder as --state.",
          e);
    }
  }

  private Summary runLocked() throws IOException, InterruptedException {
    submitted.endEarlier(console);
    Optional<Receipt> receipt = exports.read(folder.receipt(), Receipt.class);
    if (receipt.isPresent() && !isAgain()) {
      return alreadyExported(receipt.get());
    }
    try (KafkaTarget target = connection.connect()) {
      if (receipt.isPresent()) {
        // Once for each receipt: a round that --again began and that failed is resumed.
        new ForgetStep(exports, folder, tidy).run(receipt.get(), target);
      }
      ExportPlan plan = resume.run(target, draft());
      console.print(Promise.text(plan, target.lostParts()));
      TargetConnection.keep(target.generation(), configuration);
      RoundFolder round = folder.round(plan);
      SplitReports reports = new SplitReports(exports, round);
      new SendStep(store, round, reports, job, invocation.stop()).run(plan);
      Receipt done = new ReceiptStep(exports, folder, reports).run(plan, origin.run(), now());
      tidy.run(plan, target);
      return Summary.exported(done, elapsed());
    }
  }

  private Summary alreadyExported(Receipt receipt) throws IOException {
    resume.checkSame(receipt.identity());
    tellNewFiles(receipt);
    if (tidy.isDue(receipt)) {
      try (KafkaTarget target = connection.connect()) {
        tidy.run(receipt, target);
      }
    }
    return Summary.alreadyExported(receipt, elapsed());
  }

  private void tellNewFiles(Receipt receipt) throws IOException {
    Set<InputFile> fresh = new HashSet<>(planner.files());
    fresh.removeIf(file -> file.length() == 0);
    fresh.removeAll(new HashSet<>(receipt.inputs()));
    if (!fresh.isEmpty()) {
      String example = fresh.stream().map(InputFile::path).min(Comparator.naturalOrder()).get();
      console.warn(
          fresh.size()
              + " files have come or changed since this export was done, such as "
              + example
              + ". They are not sent. Use an --input of their own, or --again to send all.");
    }
  }

  private boolean isAgain() {
    return settings.get(ExportSettings.AGAIN);
  }

  private Path draft() {
    return new Path(folder.path(), origin.run() + ".draft");
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private Duration elapsed() {
    return Duration.between(origin.started(), now());
  }
}
