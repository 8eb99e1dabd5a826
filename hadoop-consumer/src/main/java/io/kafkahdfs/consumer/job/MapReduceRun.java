package io.kafkahdfs.consumer.job;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.console.Progress;
import io.kafkahdfs.consumer.commit.LoaderOutputFormat;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.read.KafkaRecordWritable;
import io.kafkahdfs.consumer.read.LoadCounter;
import io.kafkahdfs.consumer.split.KafkaInputFormat;
import io.kafkahdfs.consumer.split.RunPlan;
import io.kafkahdfs.consumer.state.Run;
import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
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

  /** How often the job is asked whether it has ended: cheap when it runs here, a call on YARN. */
  private static final long LOCAL_POLL_MILLIS = 20;

  private static final long CLUSTER_POLL_MILLIS = 250;

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
    BETTER_DEFAULTS.forEach(
        (key, value) -> {
          if (isLibraryDefault(key)) {
            job.getConfiguration().set(key, value);
          }
        });
    run.putInto(job.getConfiguration());
    KafkaConnection.keepGeneration(job.getConfiguration(), plan.cluster().generation());
    job.getCredentials().addAll(credentials);
    try {
      job.submit();
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
    LOG.info("Submitted {} with {} splits", job.getJobID(), plan.splits().size());
    return await(job, plan);
  }

  private boolean isLibraryDefault(String key) {
    String[] sources = configuration.getPropertySources(key);
    return sources == null
        || new TreeSet<>(java.util.List.of(sources))
            .stream().allMatch(source -> source.endsWith("-default.xml"));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Class<? extends Mapper> mapper() throws InvalidSettingException {
    if (!settings.isGiven(LoadSettings.MAPPER)) {
      return Mapper.class;
    }
    return Mappers.find(settings.get(LoadSettings.MAPPER), configuration);
  }

  private Ended await(Job job, RunPlan plan) throws IOException, InterruptedException {
    boolean local = job.getConfiguration().get("mapreduce.framework.name", "local").equals("local");
    Progress progress =
        new Progress(console.err(), console.terminal(), plan.offsets().offsets(), System::nanoTime);
    while (!job.isComplete()) {
      // Counters are a large answer: ask for them only to show them.
      Counters counters = progress.isDue() ? job.getCounters() : null;
      if (counters != null) {
        progress.update(
            counters.findCounter(LoadCounter.RECORDS_READ).getValue(),
            counters.findCounter(LoadCounter.BYTES_READ).getValue());
      }
      Thread.sleep(local ? LOCAL_POLL_MILLIS : CLUSTER_POLL_MILLIS);
    }
    progress.clear();
    return new Ended(job.getJobID().toString(), job.isSuccessful());
  }
}
