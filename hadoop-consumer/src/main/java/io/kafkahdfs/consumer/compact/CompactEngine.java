package io.kafkahdfs.consumer.compact;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.read.LoadCounter;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.run.JobRun;
import io.kafkahdfs.run.JobWait;
import io.kafkahdfs.run.SubmittedJob;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;
import org.apache.hadoop.mapreduce.security.TokenCache;

/** What merges the groups of a plan. */
@FunctionalInterface
interface CompactEngine {
  /** One task for so many bytes, and at most so many, unless {@code --maps} says another number. */
  long TASK_BYTES = 256L << 20;

  int MOST_TASKS = 20;

  /**
   * Leaves a manifest of each task in the run's folder.
   *
   * @throws LoaderException if not all could be merged
   */
  void merge(RunFolder run, CompactPlan plan) throws IOException, InterruptedException;

  /**
   * The MapReduce that a command was called with.
   *
   * @param store where the run's folder is
   */
  static CompactEngine of(Invocation invocation, FileStore store) {
    return (run, plan) -> {
      JobRun jobRun =
          new JobRun(
              invocation,
              new SubmittedJob(invocation.configuration(), store, run.path()),
              new JobWait(LoadCounter.RECORDS_READ, LoadCounter.BYTES_READ));
      Job job =
          jobRun.prepare(
              "kafka-to-hdfs compact " + run.state().root(),
              run.id(),
              CompactEngine.class,
              CompactInputFormat.class,
              CompactMapper.class,
              NullOutputFormat.class);
      job.setMapOutputKeyClass(NullWritable.class);
      job.setMapOutputValueClass(NullWritable.class);
      new Run(run, Optional.empty(), Instant.now(), Optional.empty(), plan.number())
          .putInto(job.getConfiguration());
      CompactInputFormat.setTasks(job.getConfiguration(), tasks(invocation.settings(), plan));
      TokenCache.obtainTokensForNamenodes(
          job.getCredentials(), new Path[] {run.path()}, job.getConfiguration());
      if (!jobRun.run(job, plan.records())) {
        String after = "Nothing was changed.";
        invocation.stop().check(after);
        throw TaskFailures.ofJob(store, run.failures(), job.getJobID().toString(), after);
      }
    };
  }

  private static int tasks(Settings settings, CompactPlan plan) {
    long bytes = plan.groups().stream().mapToLong(CompactPlan.Group::bytes).sum();
    return settings
        .find(LoadSettings.MAPS)
        .orElse((int) Math.min(MOST_TASKS, 1 + bytes / TASK_BYTES));
  }
}
