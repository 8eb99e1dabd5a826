package io.kafkahdfs.consumer.job;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.read.LoadCounter;
import io.kafkahdfs.consumer.split.KafkaInputFormat;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.run.JobRun;
import io.kafkahdfs.run.JobWait;
import io.kafkahdfs.run.SubmittedJob;
import io.kafkahdfs.run.UserClass;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;

/**
 * The MapReduce job of a run.
 *
 * @param store where the run's folder is
 */
record MapReduceRun(Invocation invocation, FileStore store) {
  /**
   * How a job ended.
   *
   * @param job its id
   */
  record Ended(String job, boolean successful) {}

  /** Submits the job and waits for it. */
  Ended run(Run run, RunPlan plan) throws IOException, InterruptedException {
    JobRun jobRun =
        new JobRun(
            invocation,
            new SubmittedJob(invocation.configuration(), store, run.folder().path()),
            new JobWait(LoadCounter.RECORDS_READ, LoadCounter.BYTES_READ));
    Job job =
        jobRun.prepare(
            "kafka-to-hdfs " + run.folder().state().root(),
            run.folder().id(),
            MapReduceRun.class,
            KafkaInputFormat.class,
            mapper(),
            LoaderOutputFormat.class);
    run.putInto(job.getConfiguration());
    KafkaConnection.keep(
        job.getConfiguration(), plan.cluster().generation(), plan.cluster().isolation());
    if (plan.splits().size() == 1 && !invocation.settings().isGiven(LoadSettings.MAPPER)) {
      OneContainer.preferFor(job.getConfiguration());
    }
    boolean successful = jobRun.run(job, plan.offsets().offsets());
    return new Ended(job.getJobID().toString(), successful);
  }

  @SuppressWarnings("rawtypes")
  private Class<? extends Mapper> mapper() throws InvalidSettingException {
    return invocation.settings().isGiven(LoadSettings.MAPPER)
        ? UserClass.mapper(LoadSettings.MAPPER, invocation.settings(), invocation.configuration())
        : Mapper.class;
  }
}
