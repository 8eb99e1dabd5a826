package io.kafkahdfs.consumer.split;

import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.config.BadSettings;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.PlanSettings;
import io.kafkahdfs.consumer.config.TopicSelection;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.OffsetPlanner;
import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.plan.UndecidedNotice;
import io.kafkahdfs.consumer.read.KafkaRecordReader;
import io.kafkahdfs.consumer.read.OnBad;
import io.kafkahdfs.consumer.read.ReadPolicy;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.run.MapCount;
import io.kafkahdfs.run.RateLimit;
import io.kafkahdfs.run.TasksAtOnce;
import io.kafkahdfs.secrets.ClientSecrets;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offset ranges of Kafka's partitions as the input of a MapReduce job. The map's key is the
 * record's offset, its value the record.
 *
 * <p>For a job of your own:
 *
 * <pre>{@code
 * Job job = Job.getInstance(configuration);
 * job.setInputFormatClass(KafkaInputFormat.class);
 * KafkaInputFormat.set(job, LoadSettings.BOOTSTRAP_SERVERS, "broker:9092");
 * KafkaInputFormat.set(job, LoadSettings.TOPICS, "events");
 * KafkaInputFormat.set(job, LoadSettings.START, "timestamp:2026-01-31T00:00:00Z");
 * }</pre>
 *
 * <p>Such a job reads from {@link LoadSettings#START} to {@link PlanSettings#END}, by default the
 * end as it is submitted, or as far as {@link LoadSettings#MAX_RECORDS} and {@link
 * LoadSettings#MAX_BYTES} let it; it keeps no checkpoint. Which offsets are read is decided once,
 * as the job is submitted: each attempt of a task reads the same ones.
 */
public final class KafkaInputFormat extends InputFormat<LongWritable, KafkaRecordWritable> {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaInputFormat.class);

  /**
   * Gives a job one of the settings that say what is read.
   *
   * @param value as it would stand on the command line
   * @throws IllegalArgumentException if the value is not allowed
   */
  public static void set(Job job, Setting<?> setting, String value) {
    setting.type().parse(value);
    job.getConfiguration().set(setting.key(), value);
  }

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    Optional<Run> run = Run.of(configuration);
    List<PlannedSplit> planned =
        run.isPresent() ? saved(run.get(), configuration) : planNow(context);
    return List.copyOf(KafkaSplit.all(planned));
  }

  private static List<PlannedSplit> saved(Run run, Configuration configuration) throws IOException {
    Path plan = run.folder().plan();
    try {
      return Json.readSealed(
              HadoopFileStore.of(plan, configuration), plan, RunPlan.class, RunFolder.WAY_OUT)
          .splits();
    } catch (FileNotFoundException e) {
      throw new LoaderException(
          ExitCode.BUSY,
          "The plan " + plan + " is gone: another run took this one for dead. Start it" + " again.",
          e);
    }
  }

  private static List<PlannedSplit> planNow(JobContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    Settings settings = KafkaConnection.settings(configuration);
    if (settings.get(BadSettings.ON_BAD) == OnBad.QUARANTINE) {
      throw new InvalidSettingException(
          BadSettings.ON_BAD.key()
              + " quarantine needs kafka-to-hdfs, which writes the quarantine with its commits. A job"
              + " of your own can set fail or skip.");
    }
    ClientSecrets.move(configuration, context.getCredentials());
    try (KafkaCluster cluster = KafkaConnection.connect(configuration, context.getCredentials())) {
      KafkaConnection.keep(configuration, cluster.generation(), cluster.isolation());
      TopicFilter topics = TopicSelection.of(settings);
      OffsetPlan plan =
          new OffsetPlanner(cluster, topics, PlanSettings.of(settings))
              .plan(cluster.describe(topics), History.NONE, Instant.now().toString());
      List<String> servers = settings.get(LoadSettings.BOOTSTRAP_SERVERS);
      UndecidedNotice.check(plan, settings.get(LoadSettings.ON_UNDECIDED), servers);
      UndecidedNotice.of(plan, servers).ifPresent(LOG::warn);
      return SplitPacker.pack(
          plan, new MapCount(settings.find(LoadSettings.MAPS), configuration), SplitPacker.RANGE);
    }
  }

  @Override
  public RecordReader<LongWritable, KafkaRecordWritable> createRecordReader(
      InputSplit split, TaskAttemptContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    Settings settings = KafkaConnection.settings(configuration);
    ReadPolicy policy =
        new ReadPolicy(
            settings.get(LoadSettings.ON_MISSING),
            settings.get(BadSettings.ON_BAD),
            KafkaConnection.readSettings(settings));
    return KafkaRecordReader.open(
        () -> KafkaConnection.reconnect(configuration, context.getCredentials()),
        ((KafkaSplit) split).ranges(),
        ((KafkaSplit) split).place(),
        policy,
        RateLimit.of(
            settings
                .find(LoadSettings.MAX_RATE)
                .map(rate -> rate.share(TasksAtOnce.readers(configuration))),
            System::nanoTime),
        timeIsUp(configuration),
        context);
  }

  private static BooleanSupplier timeIsUp(Configuration configuration) {
    Optional<Instant> deadline = Run.of(configuration).flatMap(Run::deadline);
    return () -> deadline.filter(time -> Instant.now().isAfter(time)).isPresent();
  }
}
