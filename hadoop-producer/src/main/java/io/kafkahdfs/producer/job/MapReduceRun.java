package io.kafkahdfs.producer.job;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.send.KafkaOutputFormat;
import io.kafkahdfs.producer.split.ExportCounter;
import io.kafkahdfs.producer.split.HdfsInputFormat;
import io.kafkahdfs.producer.state.ExportRun;
import io.kafkahdfs.producer.state.RoundFolder;
import io.kafkahdfs.run.JobRun;
import io.kafkahdfs.run.JobWait;
import io.kafkahdfs.run.SubmittedJob;
import io.kafkahdfs.run.TasksAtOnce;
import io.kafkahdfs.run.UserClass;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MapReduce job of a run.
 *
 * @param run the run's id
 * @param submitted remembers the job as long as it runs
 */
record MapReduceRun(Invocation invocation, String run, SubmittedJob submitted)
    implements SplitsJob {
  private static final Logger LOG = LoggerFactory.getLogger(MapReduceRun.class);

  @Override
  public boolean run(RoundFolder round, Set<Integer> splits)
      throws IOException, InterruptedException {
    JobRun jobRun =
        new JobRun(
            invocation,
            submitted,
            new JobWait(ExportCounter.RECORDS_READ, ExportCounter.BYTES_READ));
    Job job =
        jobRun.prepare(
            "hdfs-to-kafka " + round.export().export(),
            run,
            MapReduceRun.class,
            HdfsInputFormat.class,
            mapper(),
            KafkaOutputFormat.class);
    new ExportRun(round, splits, TasksAtOnce.maps(job.getConfiguration(), splits.size()))
        .putInto(job.getConfiguration());
    boolean succeeded = jobRun.run(job, 0);
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
      invocation
          .console()
          .warn(
              Amounts.count(records)
                  + " records that were sent are older than retention.ms of their topic: the"
                  + " brokers delete them soon. Raise retention.ms now to keep them.");
    }
  }

  @SuppressWarnings("rawtypes")
  private Class<? extends Mapper> mapper() throws InvalidSettingException {
    return invocation.settings().isGiven(ExportSettings.MAPPER)
        ? UserClass.mapper(ExportSettings.MAPPER, invocation.settings(), invocation.configuration())
        : Mapper.class;
  }
}
