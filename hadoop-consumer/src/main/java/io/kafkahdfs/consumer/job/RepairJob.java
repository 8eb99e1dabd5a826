package io.kafkahdfs.consumer.job;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.NothingCommitted;
import io.kafkahdfs.consumer.commit.RepairStep;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.plan.ExpectedBytes;
import io.kafkahdfs.consumer.plan.FingerprintCheck;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.repair.DamageSurvey;
import io.kafkahdfs.consumer.repair.RepairPlanner;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.write.Wanted;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** Loads what is missing once more: from what is gone to the commit. */
final class RepairJob {
  private final Invocation invocation;
  private final LoadOutput output;
  private final RunOrigin origin;
  private final DamageSurvey survey;
  private final LoadEngine engine;

  RepairJob(Invocation invocation, LoadOutput output, RunOrigin origin, DamageSurvey survey) {
    this.invocation = invocation;
    this.output = output;
    this.origin = origin;
    this.survey = survey;
    this.engine = LoadEngine.of(invocation, output.store());
  }

  /** What is planned, and by whom. */
  private record Plan(RunPlan run, RepairPlanner.Planned repair) {}

  /** Chooses the offsets of what is missing. */
  private final class MissingRecords implements RangeChoice {
    private final DamageSurvey.Found found;
    private RepairPlanner.Planned planned;

    MissingRecords(DamageSurvey.Found found) {
      this.found = found;
    }

    @Override
    public OffsetPlan choose(KafkaCluster cluster, TopicsSnapshot topics, History history)
        throws IOException {
      // Offsets of another log mean other records.
      new FingerprintCheck(cluster, KafkaConnection.readSettings(invocation.settings()))
          .check(topics.partitions(), history);
      planned =
          new RepairPlanner(topics, new ExpectedBytes(history.bytesPerRecord()))
              .plan(found.damages());
      return planned.offsets();
    }
  }

  private Optional<Plan> plan(DamageSurvey.Found found) throws IOException {
    if (found.damages().isEmpty()) {
      return Optional.empty();
    }
    MissingRecords choice = new MissingRecords(found);
    RunPlan plan = new RunPlanner(invocation, output, origin, choice, engine).plan();
    return Optional.of(new Plan(plan.ofSome(choice.planned.splits()), choice.planned));
  }

  /** What a repair would do. Changes nothing. */
  RepairSubcommand.Outcome look() throws IOException {
    DamageSurvey.Found found = survey.look();
    Optional<Plan> plan = plan(found);
    return plan.isEmpty()
        ? RepairSubcommand.Outcome.nothing(true, found, found.leftAlone())
        : outcome(found, plan.get(), Optional.empty());
  }

  private static RepairSubcommand.Outcome outcome(
      DamageSurvey.Found found, Plan plan, Optional<Commit> commit) {
    return RepairSubcommand.Outcome.of(
        plan.repair().lost(),
        plan.run().offsets().offsets(),
        commit,
        found.elsewhere(),
        leftAlone(found, plan));
  }

  private static List<String> leftAlone(DamageSurvey.Found found, Plan plan) {
    return Stream.of(found.leftAlone(), plan.repair().leftAlone()).flatMap(List::stream).toList();
  }

  /**
   * Repairs. Only for who holds the lock and has recovered.
   *
   * @param reason which files are looked for
   */
  RepairSubcommand.Outcome run(String reason, String why) throws IOException, InterruptedException {
    DamageSurvey.Found found = survey.look();
    Optional<Plan> plan = plan(found);
    if (plan.isEmpty()) {
      return RepairSubcommand.Outcome.nothing(false, found, found.leftAlone());
    }
    if (plan.get().repair().lost().isEmpty()) {
      return RepairSubcommand.Outcome.nothing(false, found, leftAlone(found, plan.get()));
    }
    RepairStep step = new RepairStep(output.store(), output.state(), origin.owner());
    List<LandedFile> loaded = load(plan.get(), step);
    Commit commit =
        step.repair(plan.get().run().number() - 1, plan.get().repair().lost(), loaded, reason, why);
    return outcome(found, plan.get(), Optional.of(commit));
  }

  private List<LandedFile> load(Plan plan, RepairStep step)
      throws IOException, InterruptedException {
    FileStore store = output.store();
    RunFolder run = output.state().run(origin.run());
    RunPlan planned = plan.run();
    try {
      run.create(store);
      AtomicFile.create(
          store, new Path(run.path(), "plan.draft"), run.plan(), Json.writeSealed(planned));
      AtomicFile.create(
          store,
          new Path(run.path(), "wanted.draft"),
          run.wanted(),
          Json.writeSealed(new Wanted(planned.number(), plan.repair().places())));
      MapReduceRun.Ended ended =
          engine.run(Run.repairing(run, origin.started(), planned.number()), planned);
      if (!ended.successful()) {
        String after = "Nothing was changed.";
        invocation.stop().check(after);
        throw TaskFailures.ofJob(store, run.failures(), ended.job(), after);
      }
      return step.loaded(planned, plan.repair().lost());
    } catch (InterruptedException e) {
      run.abandon(store);
      throw e;
    } catch (IOException | RuntimeException e) {
      run.abandon(store);
      throw NothingCommitted.because(e);
    }
  }
}
