package io.kafkahdfs.producer.job;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RecordPart;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.config.TargetConnection;
import io.kafkahdfs.producer.partition.TargetTopics;
import io.kafkahdfs.producer.plan.ExportIdentity;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.plan.InputFile;
import io.kafkahdfs.producer.plan.InputLister;
import io.kafkahdfs.producer.plan.PlannedSplit;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.run.SubmittedJob;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.Credentials;

/** One run of an export, from its plan to its receipt: the protocol, step by step. */
final class ExportJob {
  private final Invocation invocation;
  private final Configuration configuration;
  private final Credentials credentials;
  private final Settings settings;
  private final Exports exports;
  private final FileStore store;
  private final RunOrigin origin;
  private final Console console;
  private final ExportPlanner planner;
  private final ExportIdentity identity;
  private final ExportFolder folder;
  private final SubmittedJob submitted;

  ExportJob(Invocation invocation, RunOrigin origin) throws IOException {
    this.invocation = invocation;
    this.configuration = invocation.configuration();
    this.credentials = invocation.credentials();
    this.settings = invocation.settings();
    this.console = invocation.console();
    this.exports = Exports.of(settings, configuration);
    this.store = exports.store();
    this.origin = origin;
    this.planner = new ExportPlanner(configuration, settings, origin);
    this.identity = planner.identity();
    this.folder = exports.folder(planner.id(identity));
    this.submitted = new SubmittedJob(configuration, store, folder.path());
  }

  /** Shows what a run would do, and changes nothing. */
  void dryRun(boolean json) throws IOException {
    Optional<Receipt> receipt = exports.read(folder.receipt(), Receipt.class);
    if (receipt.isPresent() && !isAgain()) {
      Summary done = Summary.alreadyExported(receipt.get(), elapsed());
      console.print(json ? Json.writeText(done) : done.text());
      return;
    }
    try (KafkaTarget target = TargetConnection.connect(configuration, credentials)) {
      Optional<ExportPlan> saved =
          isAgain() ? Optional.empty() : exports.read(folder.plan(), ExportPlan.class);
      ExportPlan plan =
          saved.isPresent() ? saved.get() : planner.plan(folder.export(), identity, target);
      TargetTopics topics = new TargetTopics(target, settings);
      Set<String> missing = topics.missing(plan.topics());
      if (!missing.isEmpty() && !settings.isGiven(ExportSettings.CREATE_TOPICS)) {
        topics.prepare(missing);
      }
      console.print(json ? Json.writeText(plan) : PlanTable.of(plan, saved.isPresent(), missing));
    }
  }

  /** Runs the export. */
  Summary run() throws IOException, InterruptedException {
    planner.files();
    if (store.entry(folder.path()).isEmpty()) {
      // A first run that cannot reach its Kafka leaves not even a folder.
      TargetConnection.connect(configuration, credentials).close();
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
              + ". Give another folder as --state.",
          e);
    }
  }

  private Summary runLocked() throws IOException, InterruptedException {
    submitted.endEarlier(console);
    Optional<Receipt> receipt = exports.read(folder.receipt(), Receipt.class);
    if (receipt.isPresent() && !isAgain()) {
      checkSame(receipt.get().identity());
      tellNewFiles(receipt.get());
      if (store.entry(folder.reports()).isPresent()) {
        // The run that wrote the receipt died before it had tidied up.
        try (KafkaTarget target = TargetConnection.connect(configuration, credentials)) {
          tidy(target);
        }
      }
      return Summary.alreadyExported(receipt.get(), elapsed());
    }
    try (KafkaTarget target = TargetConnection.connect(configuration, credentials)) {
      if (isAgain()) {
        forget(target);
      }
      ExportPlan plan = plan(target);
      new TargetTopics(target, settings).prepare(plan.topics());
      tellPromise(plan, target);
      TargetConnection.keep(target.generation(), configuration);
      execute(plan);
      Receipt done = Receipt.of(plan, reports(plan), now().toString());
      // The commit point: from here on the export is done.
      AtomicFile.create(store, draft(), folder.receipt(), Json.writeSealed(done));
      tidy(target);
      return Summary.exported(done, elapsed());
    }
  }

  /** The plan that was saved, if this run goes on with an earlier one; else a new one. */
  private ExportPlan plan(KafkaTarget target) throws IOException {
    Optional<ExportPlan> saved = exports.read(folder.plan(), ExportPlan.class);
    if (saved.isPresent()) {
      checkSame(saved.get().identity());
      checkGuarantee(saved.get());
      new InputLister(configuration).checkUnchanged(saved.get().files());
      console.print(
          "Going on with export " + folder.export() + " of " + saved.get().started() + "\n");
      folder.create(store);
      return saved.get();
    }
    ExportPlan plan = planner.plan(folder.export(), identity, target);
    console.print(planner.leftOut());
    folder.create(store);
    AtomicFile.create(store, draft(), folder.plan(), Json.writeSealed(plan));
    return plan;
  }

  private void execute(ExportPlan plan) throws IOException, InterruptedException {
    Set<Integer> missing = new TreeSet<>();
    for (PlannedSplit split : plan.splits()) {
      if (report(split).isEmpty()) {
        missing.add(split.index());
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    store.delete(folder.failures());
    store.mkdirs(folder.failures());
    boolean succeeded = new MapReduceRun(invocation, submitted).run(folder, missing);
    if (!succeeded) {
      throw failure();
    }
  }

  private LoaderException failure() throws IOException {
    invocation.stop().check("Run it again: it resumes where it ended.");
    List<TaskFailures.Failure> failures = TaskFailures.read(store, folder.failures());
    String advice = " Run it again when that is mended: it goes on where it ended.";
    return failures.stream()
        .min(Comparator.comparing(TaskFailures.Failure::message))
        .map(first -> new LoaderException(first.exitCode(), first.message() + advice))
        .orElseGet(
            () ->
                new LoaderException(
                    ExitCode.FAILURE, "The MapReduce job failed; its log says why." + advice));
  }

  private List<SplitReport> reports(ExportPlan plan) throws IOException {
    List<SplitReport> reports = new ArrayList<>();
    for (PlannedSplit split : plan.splits()) {
      SplitReport report =
          report(split)
              .orElseThrow(
                  () ->
                      new LoaderException(
                          ExitCode.FAILURE,
                          "The job succeeded, but split "
                              + split.index()
                              + " has no report. Run it again."));
      report.check();
      reports.add(report);
    }
    return reports;
  }

  private Optional<SplitReport> report(PlannedSplit split) throws IOException {
    return exports
        .read(folder.report(split.index()), SplitReport.class)
        .filter(report -> report.fingerprint().equals(split.fingerprint()));
  }

  /** Puts an earlier export of this id away, so that all is sent anew. */
  private void forget(KafkaTarget target) throws IOException {
    Optional<Receipt> receipt = exports.read(folder.receipt(), Receipt.class);
    if (receipt.isPresent()) {
      store.replace(folder.receipt(), folder.oldReceipt(receipt.get().started()));
    }
    tidy(target);
    store.delete(folder.plan());
  }

  /** Removes what only an unfinished export needs. The reports go last: they tell that it does. */
  private void tidy(KafkaTarget target) throws IOException {
    Optional<ExportPlan> plan = exports.read(folder.plan(), ExportPlan.class);
    if (plan.isPresent() && plan.get().guarantee() == Guarantee.EXACTLY_ONCE) {
      Optional<Transactions> transactions = target.transactions();
      if (transactions.isPresent()) {
        transactions
            .get()
            .deleteProgress(
                plan.get().splits().stream()
                    .map(split -> ExportPlan.transactionalId(folder.export(), split.index()))
                    .collect(Collectors.toSet()));
      }
    }
    store.delete(folder.progress());
    store.delete(folder.failures());
    store.delete(folder.reports());
  }

  private void checkSame(ExportIdentity before) throws InvalidSettingException {
    if (!before.equals(identity)) {
      throw new InvalidSettingException(
          "Export "
              + folder.export()
              + " is another one ("
              + before
              + "), and this one is "
              + identity
              + ". Give another --export-id, or --again to begin this one under that id.");
    }
  }

  private void checkGuarantee(ExportPlan plan) throws InvalidSettingException {
    Optional<Guarantee> wanted = settings.find(ExportSettings.GUARANTEE);
    if (wanted.isPresent() && wanted.get() != plan.guarantee()) {
      throw new InvalidSettingException(
          "--guarantee "
              + wanted.get()
              + ": export "
              + folder.export()
              + " was begun "
              + plan.guarantee()
              + ", and goes on so. Leave it out, or give --again.");
    }
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
              + ". They are not sent. Give them as --input of their own, or --again to send all.");
    }
  }

  private void tellPromise(ExportPlan plan, KafkaTarget target) throws IOException {
    console.print(
        "Export "
            + folder.export()
            + (plan.guarantee() == Guarantee.EXACTLY_ONCE
                ? ": exactly once. Consumers that read committed records only see each record"
                    + " once, a transaction at a time.\n"
                : ": at least once. No record gets lost. What a task has sent since it last saved"
                    + " its progress, usually less than a second's work, is sent again if it dies,"
                    + " and a batch if no answer comes; the result says how many records at most"
                    + " are there twice.\n"));
    Set<RecordPart> lost = target.lostParts();
    if (!lost.isEmpty()) {
      console.print(
          "These brokers keep no "
              + lost.stream()
                  .map(part -> part.name().toLowerCase(java.util.Locale.ROOT))
                  .map(name -> name.endsWith("s") ? name : name + "s")
                  .collect(Collectors.joining(" and no "))
              + ": those of archive records are left out.\n");
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
