package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RecordPart;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.RateTable;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.ProgressFile;
import io.kafkahdfs.producer.commit.RecordHash;
import io.kafkahdfs.producer.commit.TransactionNotes;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.config.TargetConnection;
import io.kafkahdfs.producer.look.TargetLook;
import io.kafkahdfs.producer.partition.Partitioners;
import io.kafkahdfs.producer.partition.TargetTopics;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.read.InputAccount;
import io.kafkahdfs.producer.state.ExportRun;
import io.kafkahdfs.run.RateLimit;
import io.kafkahdfs.run.TasksAtOnce;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.OutputFormat;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka topics as the output of a MapReduce job, of its mappers or its reducers.
 *
 * <p>Keys and values may be {@code Text}, {@code BytesWritable} or {@code NullWritable}, which is
 * null in Kafka. A value that is a {@link io.kafkahdfs.record.KafkaRecordWritable} is sent as the
 * whole record that it is, and the key beside it does not matter.
 *
 * <p>For a job of your own:
 *
 * <pre>{@code
 * Job job = Job.getInstance(configuration);
 * job.setOutputFormatClass(KafkaOutputFormat.class);
 * KafkaOutputFormat.set(job, ExportSettings.BOOTSTRAP_SERVERS, "broker:9092");
 * KafkaOutputFormat.set(job, ExportSettings.TOPIC, "words");
 * }</pre>
 *
 * <p>Such a job sends at least once. A task succeeds when the brokers have acknowledged all its
 * records, kept by all replicas in sync; one that fails on the way and is tried again sends its
 * records again. Two attempts of one task at the same time would do so for nothing: turn
 * speculative execution off. Exactly-once needs input that can be read again record by record,
 * which the {@code hdfs-to-kafka} command has.
 */
public final class KafkaOutputFormat<K, V> extends OutputFormat<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaOutputFormat.class);

  /**
   * Gives a job one of the settings that say where and how records are sent.
   *
   * @param value as it would stand on the command line
   * @throws IllegalArgumentException if the value is not allowed
   */
  public static void set(Job job, Setting<?> setting, String value) {
    setting.type().parse(value);
    job.getConfiguration().set(setting.key(), value);
  }

  /**
   * Checks, before the job is submitted, that the topic exists; creates it if that is wanted.
   *
   * @throws LoaderException if a setting is missing or wrong, the cluster cannot be reached, or the
   *     topic does not exist
   */
  @Override
  public void checkOutputSpecs(JobContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    if (ExportRun.of(configuration).isPresent()) {
      // An export has checked much more.
      return;
    }
    Settings settings = TargetConnection.settings(configuration);
    if (!settings.isGiven(ExportSettings.BOOTSTRAP_SERVERS)) {
      throw new InvalidSettingException(
          "Set " + ExportSettings.BOOTSTRAP_SERVERS.key() + " with KafkaOutputFormat.set.");
    }
    TargetTopics.check(settings);
    Partitioners.of(settings, configuration);
    Optional<String> topic = settings.find(ExportSettings.TOPIC);
    if (topic.isPresent()) {
      try (KafkaTarget target = TargetConnection.connect(configuration, context.getCredentials())) {
        new TargetTopics(target, settings).prepare(List.of(topic.get()));
        TargetLook look =
            TargetLook.at(target, List.of(topic.get()), List.of(), settings, configuration);
        look.notes().forEach(LOG::info);
        look.warnings().forEach(LOG::warn);
        look.putInto(configuration);
      }
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public RecordWriter<K, V> getRecordWriter(TaskAttemptContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    TaskFailures failures = TaskFailures.of(context);
    Optional<ExportRun> run = ExportRun.of(configuration);
    try {
      Settings settings = TargetConnection.settings(configuration);
      KafkaTarget target = TargetConnection.connect(configuration, context.getCredentials());
      try {
        return run.isPresent()
            ? (RecordWriter<K, V>)
                export(
                    run.get(),
                    target,
                    HadoopFileStore.of(run.get().folder().path(), configuration),
                    System::nanoTime,
                    context)
            : plain(target, settings, configuration);
      } catch (IOException | RuntimeException e) {
        target.close();
        throw e;
      }
    } catch (LoaderException e) {
      throw failures.report(e);
    }
  }

  private RecordWriter<K, V> plain(
      KafkaTarget target, Settings settings, Configuration configuration) throws IOException {
    TargetTopics topics = new TargetTopics(target, settings);
    RecordSender sender = target.sender(TargetConnection.sendSettings(settings));
    int tasks = TasksAtOnce.writers(configuration);
    return new KafkaRecordWriter<>(
        target,
        sender,
        new Dispatcher(
            sender::send,
            topics,
            Partitioners.of(settings, configuration),
            RateLimit.of(
                settings.find(ExportSettings.MAX_RATE).map(rate -> rate.share(tasks)),
                System::nanoTime),
            new Outlived(settings),
            new SendTally(),
            hash(target)));
  }

  /**
   * For a split of an export.
   *
   * @param nanos the clock
   */
  static ExportRecordWriter export(
      ExportRun run,
      KafkaTarget target,
      FileStore store,
      LongSupplier nanos,
      TaskAttemptContext context)
      throws IOException {
    Configuration configuration = context.getConfiguration();
    Settings settings = TargetConnection.settings(configuration);
    InputAccount input = InputAccount.of(context.getTaskAttemptID());
    TargetTopics topics = new TargetTopics(target, settings);
    ExportPlan plan = run.plan(configuration);
    Delivery delivery =
        plan.guarantee() == Guarantee.EXACTLY_ONCE
            ? transactional(run, plan, input, target, settings, store, nanos, context)
            : saved(run, input, target, settings, store, nanos, context);
    Optional<RateTable> share =
        settings.find(ExportSettings.MAX_RATE).map(rate -> rate.share(run.tasksAtOnce()));
    return new ExportRecordWriter(
        input,
        delivery,
        new Dispatcher(
            delivery::send,
            topics,
            Partitioners.of(settings, configuration),
            RateLimit.of(share, nanos),
            new Outlived(settings),
            new SendTally(delivery.start().note().partitions()),
            hash(target)),
        new ExportRecordWriter.Reports(store, run.round()),
        TaskFailures.of(context),
        target);
  }

  private static RecordHash hash(KafkaTarget target) throws IOException {
    return new RecordHash(!target.lostParts().contains(RecordPart.HEADERS));
  }

  private static Delivery transactional(
      ExportRun run,
      ExportPlan plan,
      InputAccount input,
      KafkaTarget target,
      Settings settings,
      FileStore store,
      LongSupplier nanos,
      TaskAttemptContext context)
      throws IOException {
    Transactions transactions =
        target
            .transactions()
            .orElseThrow(
                () ->
                    new LoaderException(
                        ExitCode.WRONG_SETTING,
                        "The brokers that the task reached know no transactions"));
    int split = input.split().index();
    String id = plan.transactionalId(split);
    TransactionalSender sender = transactions.sender(id, TargetConnection.sendSettings(settings));
    try {
      return TransactionalDelivery.begin(
          sender,
          new TransactionNotes(
              store, run.round().notes(id), id, context.getTaskAttemptID().toString()),
          new PartitionId(plan.topics().get(0), 0),
          pace(settings),
          nanos,
          new ProgressSearch(
              split,
              input.split().fingerprint(),
              new WitnessCheck(target.cluster(), hash(target)),
              plan.notesBeginnings(Instant.now())));
    } catch (IOException | RuntimeException e) {
      sender.close();
      throw e;
    }
  }

  private static Delivery saved(
      ExportRun run,
      InputAccount input,
      KafkaTarget target,
      Settings settings,
      FileStore store,
      LongSupplier nanos,
      TaskAttemptContext context)
      throws IOException {
    int split = input.split().index();
    ProgressFile progress =
        ProgressFile.take(store, run.round(), split, context.getTaskAttemptID().toString());
    RecordSender sender = target.sender(TargetConnection.sendSettings(settings));
    try {
      return SavedDelivery.begin(
          sender, progress, pace(settings), nanos, split, input.split().fingerprint());
    } catch (IOException | RuntimeException e) {
      sender.close();
      throw e;
    }
  }

  private static Delivery.Pace pace(Settings settings) {
    return new Delivery.Pace(
        settings.get(ExportSettings.COMMIT_RECORDS), settings.get(ExportSettings.COMMIT_INTERVAL));
  }

  /** There is nothing to commit: what a task has sent is sent. */
  @Override
  public OutputCommitter getOutputCommitter(TaskAttemptContext context) {
    return new NullOutputFormat<K, V>().getOutputCommitter(context);
  }
}
