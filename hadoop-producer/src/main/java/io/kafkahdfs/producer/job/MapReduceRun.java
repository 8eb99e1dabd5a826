package io.kafkahdfs.producer.job;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.send.KafkaOutputFormat;
import io.kafkahdfs.producer.split.ExportCounter;
import io.kafkahdfs.producer.split.HdfsInputFormat;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.ExportRun;
import io.kafkahdfs.run.JobRun;
import io.kafkahdfs.run.JobWait;
import io.kafkahdfs.run.Mappers;
import io.kafkahdfs.run.SubmittedJob;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;

/**
 * The MapReduce job of a run.
 *
 * @param submitted remembers the job as long as it runs
 */
record MapReduceRun(Invocation invocation, SubmittedJob submitted) {
  /**
   * Submits the job and waits for it.
   *
   * @param splits the numbers of those that are to be sent
   * @return whether it succeeded
   */
  boolean run(ExportFolder folder, Set<Integer> splits) throws IOException, InterruptedException {
    JobRun jobRun =
        new JobRun(
            invocation,
            submitted,
            new JobWait(ExportCounter.RECORDS_READ, ExportCounter.BYTES_READ));
    Job job =
        jobRun.prepare(
            "hdfs-to-kafka " + folder.export(),
            MapReduceRun.class,
            HdfsInputFormat.class,
            mapper(),
            KafkaOutputFormat.class);
    new ExportRun(folder, splits, tasksAtOnce(job.getConfiguration(), splits.size()))
        .putInto(job.getConfiguration());
    return jobRun.run(job, 0);
  }

  /** Hadoop's local runner has one task at a time unless it is told otherwise. */
  private static int tasksAtOnce(Configuration configuration, int splits) {
    boolean local = configuration.get("mapreduce.framework.name", "local").equals("local");
    int most =
        local
            ? configuration.getInt("mapreduce.local.map.tasks.maximum", 1)
            : configuration.getInt("mapreduce.job.running.map.limit", 0);
    return most < 1 ? splits : Math.min(splits, most);
  }

  @SuppressWarnings("rawtypes")
  private Class<? extends Mapper> mapper() throws InvalidSettingException {
    return invocation.settings().isGiven(ExportSettings.MAPPER)
        ? Mappers.find(invocation.settings().get(ExportSettings.MAPPER), invocation.configuration())
        : Mapper.class;
  }
}
