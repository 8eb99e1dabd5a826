package io.kafkahdfs.consumer.job;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitLog;
import io.kafkahdfs.consumer.commit.RoomCheck;
import io.kafkahdfs.consumer.config.BadSettings;
import io.kafkahdfs.consumer.config.FileSettings;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.TopicSelection;
import io.kafkahdfs.consumer.config.ValueSettings;
import io.kafkahdfs.consumer.plan.ClusterIdentity;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.consumer.plan.LoadIdentity;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.plan.UndecidedNotice;
import io.kafkahdfs.consumer.split.SplitPacker;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.consumer.write.FilePer;
import io.kafkahdfs.consumer.write.FolderTemplate;
import io.kafkahdfs.consumer.write.PathLayout;
import io.kafkahdfs.consumer.write.TimeOf;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.run.MapCount;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans a run: what it reads, from where on, and in which splits. Writes nothing. */
final class RunPlanner {
  private static final Logger LOG = LoggerFactory.getLogger(RunPlanner.class);

  private final Invocation invocation;
  private final LoadEngine engine;
  private final Settings settings;
  private final FileStore store;
  private final StateFolder state;
  private final RunOrigin origin;
  private final RangeChoice choice;

  RunPlanner(
      Invocation invocation,
      LoadOutput output,
      RunOrigin origin,
      RangeChoice choice,
      LoadEngine engine) {
    this.invocation = invocation;
    this.engine = engine;
    this.settings = invocation.settings();
    this.store = output.store();
    this.state = output.state();
    this.origin = origin;
    this.choice = choice;
  }

  /** For the command that a user has called: lands what is new. */
  static RunPlanner of(Invocation invocation, LoadOutput output, RunOrigin origin) {
    return new RunPlanner(
        invocation,
        output,
        origin,
        new NewRecords(invocation.settings(), origin),
        LoadEngine.of(invocation, output.store()));
  }

  /**
   * What a run would do now.
   *
   * @throws LoaderException if it would be refused
   */
  RunPlan plan() throws IOException {
    Optional<Commit> last = new CommitLog(store, state).last();
    LoadIdentity load =
        LoadIdentity.of(
            TopicSelection.of(settings),
            settings.get(FileSettings.FORMAT).id(),
            FileSettings.layoutNote(settings),
            ValueSettings.note(settings));
    last.ifPresent(commit -> LOG.info("The last commit is {}", commit.number()));
    if (last.isPresent()) {
      checkSameLoad(last.get().load(), load);
    }
    OffsetPlan offsets;
    ClusterIdentity identity;
    try (KafkaCluster cluster = engine.connect()) {
      checkGroup(cluster);
      checkTime(cluster);
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
    List<PlannedSplit> splits =
        SplitPacker.pack(
            offsets,
            new MapCount(settings.find(LoadSettings.MAPS), invocation.configuration()),
            settings.get(FileSettings.FILE_PER) == FilePer.PARTITION
                ? SplitPacker.RANGE_WITH_FILE
                : SplitPacker.RANGE);
    if (FileSettings.template(settings).isEmpty()) {
      new RoomCheck(store, state).look(RoomCheck.topics(splits), invocation.configuration());
    }
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
        splits,
        last.filter(commit -> commit.change() == null).map(Commit::started).orElse(null),
        settings.find(BadSettings.MAX_BAD).orElse(null));
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

  private void checkTime(KafkaCluster cluster) throws InvalidSettingException {
    if (cluster.generation() == Generation.LEGACY
        && settings.get(FileSettings.TIME).equals(TimeOf.RECORD)
        && FileSettings.template(settings).filter(FolderTemplate::hasTime).isPresent()) {
      throw new InvalidSettingException(
          "--layout "
              + settings.get(FileSettings.LAYOUT)
              + " needs the time of each record, and Kafka 0.9 gives records none. Use --time run"
              + " for the time at which the run began, or --time field:NAME for one in values.");
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
              + ". Use another --output, or --accept-change to continue with this one.");
    }
  }
}
