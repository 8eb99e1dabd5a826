package io.kafkahdfs.consumer.job;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.JobWait;
import io.kafkahdfs.command.Mappers;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.LoaderOutputFormat;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.read.LoadCounter;
import io.kafkahdfs.consumer.split.KafkaInputFormat;
import io.kafkahdfs.consumer.split.RunPlan;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.record.KafkaRecordWritable;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.security.Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MapReduce job of a run. */
final class MapReduceRun {
  private static final Logger LOG = LoggerFactory.getLogger(MapReduceRun.class);

  /** Hadoop's own defaults that cost a load time; what the user or the cluster says wins. */
  private static final Map<String, String> BETTER_DEFAULTS =
      Map.of(
          // A file's close asks again after this time when its last block is not reported yet.
          "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "10");

  private final Configuration configuration;
  private final Credentials credentials;
  private final Settings settings;
  private final Console console;

  /**
   * @param credentials what the tasks need beside the configuration
   */
  MapReduceRun(
      Configuration configuration, Credentials credentials, Settings settings, Console console) {
    this.configuration = configuration;
    this.credentials = credentials;
    this.settings = settings;
    this.console = console;
  }

  /**
   * How a job ended.
   *
   * @param job its id
   */
  record Ended(String job, boolean successful) {}

  /** Submits the job and waits for it. */
  Ended run(Run run, RunPlan plan) throws IOException, InterruptedException {
    Job job = Job.getInstance(configuration, "kafka-to-hdfs " + run.folder().state().root());
    job.setJarByClass(MapReduceRun.class);
    job.setInputFormatClass(KafkaInputFormat.class);
    job.setOutputFormatClass(LoaderOutputFormat.class);
    job.setMapperClass(mapper());
    job.setMapOutputKeyClass(LongWritable.class);
    job.setMapOutputValueClass(KafkaRecordWritable.class);
    job.setNumReduceTasks(0);
    // A second attempt of a slow task would only read the same brokers twice.
    job.setMapSpeculativeExecution(false);
    JobWait.improveDefaults(job, BETTER_DEFAULTS);
    run.putInto(job.getConfiguration());
    KafkaConnection.keepGeneration(job.getConfiguration(), plan.cluster().generation());
    job.getCredentials().addAll(credentials);
    try {
      job.submit();
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
    LOG.info("Submitted {} with {} splits", job.getJobID(), plan.splits().size());
    boolean successful =
        new JobWait(LoadCounter.RECORDS_READ, LoadCounter.BYTES_READ)
            .await(job, console, plan.offsets().offsets());
    return new Ended(job.getJobID().toString(), successful);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Class<? extends Mapper> mapper() throws InvalidSettingException {
    if (!settings.isGiven(LoadSettings.MAPPER)) {
      return Mapper.class;
    }
    return Mappers.find(settings.get(LoadSettings.MAPPER), configuration);
  }
}
