package io.kafkahdfs.run;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.console.Progress;
import io.kafkahdfs.stop.StopSignal;
import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;

/**
 * Waits for a MapReduce job with a short poll of its own; Hadoop's takes up to five seconds to see
 * that a job has ended.
 *
 * @param records the counter of records dealt with
 * @param bytes the counter of their bytes
 */
public record JobWait(Enum<?> records, Enum<?> bytes) {
  /** How often the job is asked whether it has ended: cheap when it runs here, a call on YARN. */
  private static final long LOCAL_POLL_MILLIS = 20;

  private static final long CLUSTER_POLL_MILLIS = 250;

  /** How long a job that was killed is waited for. */
  private static final Duration LONGEST_END = Duration.ofSeconds(20);

  /** How a job ended. */
  enum Ended {
    SUCCESSFULLY,
    UNSUCCESSFULLY,
    /** It was killed, and still runs. */
    NOT_YET
  }

  /**
   * Waits, and shows how far the job is. When the command is told to stop, the job is killed.
   *
   * @param expectedRecords how many records there will be at most; 0 if nobody knows
   */
  Ended await(Job job, Console console, StopSignal stop, long expectedRecords)
      throws IOException, InterruptedException {
    boolean local = job.getConfiguration().get("mapreduce.framework.name", "local").equals("local");
    Progress progress =
        new Progress(console.err(), console.terminal(), expectedRecords, System::nanoTime);
    StopSignal.Action kill = job::killJob;
    stop.onRequest(kill);
    try {
      long stopping = 0;
      while (!job.isComplete()) {
        // Counters are a large answer: ask for them only to show them.
        Counters counters = progress.isDue() ? job.getCounters() : null;
        if (counters != null) {
          progress.update(
              counters.findCounter(records).getValue(), counters.findCounter(bytes).getValue());
        }
        if (stop.isRequested()) {
          stopping = stopping == 0 ? System.nanoTime() : stopping;
          if (System.nanoTime() - stopping > LONGEST_END.toNanos()) {
            return Ended.NOT_YET;
          }
        }
        // Hadoop tells nobody that a job has ended: it has to be asked.
        Thread.sleep(local ? LOCAL_POLL_MILLIS : CLUSTER_POLL_MILLIS);
      }
    } finally {
      stop.withdraw(kill);
      progress.clear();
    }
    return job.isSuccessful() ? Ended.SUCCESSFULLY : Ended.UNSUCCESSFULLY;
  }
}
