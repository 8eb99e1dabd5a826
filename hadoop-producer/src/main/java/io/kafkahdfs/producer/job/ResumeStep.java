package io.kafkahdfs.producer.job;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.look.TargetLook;
import io.kafkahdfs.producer.partition.TargetTopics;
import io.kafkahdfs.producer.plan.ExportIdentity;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.plan.ExportPlanner;
import io.kafkahdfs.producer.plan.InputLister;
import io.kafkahdfs.producer.plan.PlannedSplit;
import io.kafkahdfs.producer.plan.TargetNote;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.producer.state.RoundFolder;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.AtomicFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.Credentials;

/** Resumes the plan of an unfinished export, or plans a new one. */
final class ResumeStep {
  private final Exports exports;
  private final ExportFolder folder;
  private final ExportPlanner planner;
  private final Settings settings;
  private final Configuration configuration;
  private final Credentials credentials;
  private final Console console;

  ResumeStep(Exports exports, ExportFolder folder, ExportPlanner planner, Invocation invocation) {
    this.exports = exports;
    this.folder = folder;
    this.planner = planner;
    this.settings = invocation.settings();
    this.configuration = invocation.configuration();
    this.credentials = invocation.credentials();
    this.console = invocation.console();
  }

  /**
   * The plan to follow; it is saved, and its topics exist.
   *
   * @param draft where the plan is written first
   * @throws LoaderException if an unfinished plan cannot be resumed
   */
  ExportPlan run(KafkaTarget target, Path draft) throws IOException {
    Optional<ExportPlan> saved = exports.read(folder.plan(), ExportPlan.class);
    if (saved.isPresent()) {
      ExportPlan plan = saved.get();
      checkSame(plan.identity());
      checkGuarantee(plan);
      new InputLister(configuration).checkUnchanged(plan.files());
      checkTarget(plan, target);
      prepare(plan, target);
      console.print("Resuming export " + folder.export() + " of " + plan.started() + "\n");
      RoundFolder round = folder.round(plan);
      round.create(exports.store());
      if (plan.sender() == null) {
        // Earlier versions made them as they were needed.
        round.createProgress(exports.store(), plan);
      }
      return plan;
    }
    ExportPlan plan = planner.plan(folder.export(), folder.path(), target);
    // Before it is saved: what is refused here leaves no export behind that is to be resumed.
    prepare(plan, target);
    console.print(planner.leftOut(plan));
    ExportPlan whole = plan.with(TargetNote.take(target.cluster(), plan.topics()));
    RoundFolder round = folder.round(whole);
    round.create(exports.store());
    round.createProgress(exports.store(), whole);
    try {
      AtomicFile.create(exports.store(), draft, folder.plan(), Json.writeSealed(whole));
    } catch (FileAlreadyExistsException e) {
      if (round.isApart()) {
        exports.store().delete(round.path());
      }
      throw new LoaderException(
          ExitCode.BUSY,
          "Another run has planned export "
              + folder.export()
              + " meanwhile. This one has sent nothing. Run it again to resume that plan.",
          e);
    }
    return whole;
  }

  private void prepare(ExportPlan plan, KafkaTarget target) throws IOException {
    if (plan.guarantee() == Guarantee.EXACTLY_ONCE) {
      TransactionTime.check(settings, configuration, credentials, target);
    }
    new TargetTopics(target, settings).prepare(plan.topics());
    TargetLook look = TargetLook.at(target, plan.topics(), plan.files(), settings, configuration);
    look.tell(console);
    look.putInto(configuration);
  }

  /**
   * @throws InvalidSettingException if an export that is stored under this id is another one
   */
  void checkSame(ExportIdentity before) throws IOException {
    ExportIdentity identity = planner.identity();
    if (!before.equals(identity)) {
      throw new InvalidSettingException(
          "Export "
              + folder.export()
              + " is another one ("
              + before
              + "), and this one is "
              + identity
              + ". Use another --export-id.");
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
              + ", and keeps it. Leave it out, or use another --export-id.");
    }
  }

  /** What was sent so far must still be there, and be where the rest is sent to. */
  private void checkTarget(ExportPlan plan, KafkaTarget target) throws IOException {
    if (plan.target() == null) {
      return;
    }
    TargetNote now = TargetNote.take(target.cluster(), plan.topics());
    List<String> changes = plan.target().changes(now, sent(plan));
    if (!changes.isEmpty()) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          "Export "
              + folder.export()
              + " cannot be resumed: its target is not what it was when it began: "
              + String.join("; ", changes)
              + ". What it had sent is not there. Nothing was sent now. Correct --bootstrap-server"
              + " if that is another cluster, or use another --export-id to send everything to the"
              + " target as it is now.");
    }
  }

  /** What the splits that are done have sent. */
  private Map<PartitionId, Long> sent(ExportPlan plan) throws IOException {
    Map<PartitionId, Long> sent = new HashMap<>();
    for (PlannedSplit split : plan.splits()) {
      Optional<SplitReport> report =
          exports.read(folder.round(plan).report(split.index()), SplitReport.class);
      if (report.isPresent()) {
        for (SplitReport.Partition partition : report.get().partitions()) {
          sent.merge(
              new PartitionId(partition.topic(), partition.partition()),
              partition.records(),
              Long::sum);
        }
      }
    }
    return sent;
  }
}
