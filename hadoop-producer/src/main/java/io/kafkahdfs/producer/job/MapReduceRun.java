package io.kafkahdfs.producer.job;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.JobWait;
import io.kafkahdfs.command.Mappers;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.send.KafkaOutputFormat;
import io.kafkahdfs.producer.send.TasksAtOnce;
import io.kafkahdfs.producer.split.ExportCounter;
import io.kafkahdfs.producer.split.HdfsInputFormat;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.ExportRun;
import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.security.Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MapReduce job of a run. */
final class MapReduceRun {
  private static final Logger LOG = LoggerFactory.getLogger(MapReduceRun.class);

  /** Hadoop's own defaults that cost an export time; what the user or the cluster says wins. */
  private static final Map<String, String> BETTER_DEFAULTS =
      Map.of(
          // A file's close asks again after this time when its last block is not reported yet.
          "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "10");

  private final Configuration configuration;
  private final Credentials credentials;
  private final Settings settings;
  private final SubmittedJob submitted;
  private final Console console;

  /**
   * @param credentials what the tasks need beside the configuration
   * @param submitted remembers the job as long as it runs
   */
  MapReduceRun(
      Configuration configuration,
      Credentials credentials,
      Settings settings,
      SubmittedJob submitted,
      Console console) {
    this.credentials = credentials;
    this.configuration = configuration;
    this.settings = settings;
    this.submitted = submitted;
    this.console = console;
  }

  /**
   * Submits the job and waits for it.
   *
   * @param splits the numbers of those that are to be sent
   * @return whether it succeeded
   */
  boolean run(ExportFolder folder, Set<Integer> splits) throws IOException, InterruptedException {
    Job job = Job.getInstance(configuration, "hdfs-to-kafka " + folder.export());
    job.setJarByClass(MapReduceRun.class);
    job.setInputFormatClass(HdfsInputFormat.class);
    job.setOutputFormatClass(KafkaOutputFormat.class);
    job.setMapperClass(mapper());
    job.setMapOutputKeyClass(LongWritable.class);
    job.setMapOutputValueClass(KafkaRecordWritable.class);
    job.setNumReduceTasks(0);
    // A second attempt at the same time would shut out the first one, or send twice.
    job.setMapSpeculativeExecution(false);
    JobWait.improveDefaults(job, BETTER_DEFAULTS);
    new ExportRun(folder, splits, TasksAtOnce.maps(job.getConfiguration(), splits.size()))
        .putInto(job.getConfiguration());
    job.getCredentials().addAll(credentials);
    try {
      job.submit();
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
    LOG.info("Submitted {} with {} splits", job.getJobID(), splits.size());
    submitted.remember(job.getJobID());
    boolean succeeded =
        new JobWait(ExportCounter.RECORDS_READ, ExportCounter.BYTES_READ).await(job, console, 0);
    submitted.forget();
    if (succeeded) {
      tellOutlived(job);
    }
    return succeeded;
  }

  /** Counted as they are sent, by the tasks of this run. */
  private void tellOutlived(Job job) {
    long records = 0;
    try {
      Counters counters = job.getCounters();
      if (counters != null) {
        records = counters.findCounter(ExportCounter.RECORDS_PAST_RETENTION).getValue();
      }
    } catch (IOException e) {
      LOG.warn("How many records are older than their topics keep them is not known", e);
    }
    if (records > 0) {
      console.warn(
          Amounts.count(records)
              + " records that were sent are older than retention.ms of their topic: the brokers"
              + " delete them soon. Raise retention.ms now to keep them.");
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Class<? extends Mapper> mapper() throws InvalidSettingException {
    if (!settings.isGiven(ExportSettings.MAPPER)) {
      return Mapper.class;
    }
    return Mappers.find(settings.get(ExportSettings.MAPPER), configuration);
  }
}
