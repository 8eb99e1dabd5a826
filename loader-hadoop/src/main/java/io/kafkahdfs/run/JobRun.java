package io.kafkahdfs.run;

import io.kafkahdfs.command.BetterDefaults;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.store.StorageFailure;
import java.io.IOException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.OutputFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MapReduce job of a run: map tasks only, which hand records on.
 *
 * @param invocation the command that it is a part of; its secrets go with the job
 * @param submitted remembers the job as long as it runs
 * @param await waits for it
 */
public record JobRun(Invocation invocation, SubmittedJob submitted, JobWait await) {
  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  private static final String LOCAL_TASKS = "mapreduce.local.map.tasks.maximum";

  /** Enough for a task with messages of 10 MB. */
  private static final long TASK_BYTES = 512 << 20;

  /**
   * A job to be completed with what its tasks must know.
   *
   * @param what it is for, as the cluster shows it
   * @param run the run's id, which goes with that: no two jobs have the same name
   * @param inJar a class in the jar that the tasks need
   */
  @SuppressWarnings("rawtypes")
  public Job prepare(
      String what,
      String run,
      Class<?> inJar,
      Class<? extends InputFormat> input,
      Class<? extends Mapper> mapper,
      Class<? extends OutputFormat> output)
      throws IOException {
    Job job = Job.getInstance(invocation.configuration(), what + " " + run);
    job.setJarByClass(inJar);
    job.setInputFormatClass(input);
    job.setMapperClass(mapper);
    job.setOutputFormatClass(output);
    job.setMapOutputKeyClass(LongWritable.class);
    job.setMapOutputValueClass(KafkaRecordWritable.class);
    job.setNumReduceTasks(0);
    // A second attempt at the same time would do all again, and one of them in vain.
    job.setMapSpeculativeExecution(false);
    // One task of the local job runner waits for servers while another one works.
    BetterDefaults.set(LOCAL_TASKS, String.valueOf(localTasks()), job.getConfiguration());
    job.getCredentials().addAll(invocation.credentials());
    return job;
  }

  private static long localTasks() {
    Runtime runtime = Runtime.getRuntime();
    return Math.max(1, Math.min(runtime.availableProcessors(), runtime.maxMemory() / TASK_BYTES));
  }

  /**
   * Submits a job that was prepared, and waits for it. When the command is told to stop, the job is
   * ended.
   *
   * @param expectedRecords how many there will be at most; 0 if nobody knows
   * @return whether it succeeded
   * @throws LoaderException if the command was told to stop before the job began
   */
  public boolean run(Job job, long expectedRecords) throws IOException, InterruptedException {
    invocation.stop().check("Nothing was begun.");
    submitted.announce(job.getJobName());
    try {
      job.submit();
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
    LOG.info("Submitted {}", job.getJobID());
    try {
      submitted.remember(job.getJobID(), job.getJobName());
    } catch (IOException e) {
      throw ended(job, e);
    }
    JobWait.Ended ended =
        await.await(job, invocation.console(), invocation.stop(), expectedRecords);
    if (ended != JobWait.Ended.NOT_YET) {
      submitted.forget(job.getJobName());
    }
    return ended == JobWait.Ended.SUCCESSFULLY;
  }

  /** Nobody may find the job again: it must not run alone. */
  private static LoaderException ended(Job job, IOException failure) {
    String what =
        "The job "
            + job.getJobID()
            + " was submitted and could not be remembered: "
            + StorageFailure.describe(failure);
    try {
      job.killJob();
      return new LoaderException(ExitCode.HDFS_UNUSABLE, what + " It was told to end.", failure);
    } catch (IOException e) {
      failure.addSuppressed(e);
      return new LoaderException(
          ExitCode.HDFS_UNUSABLE,
          what
              + " Nor could it be told to end: "
              + StorageFailure.describe(e)
              + " End it with mapred job -kill "
              + job.getJobID()
              + ".",
          failure);
    }
  }
}
