package io.kafkahdfs.command;

import io.kafkahdfs.console.Progress;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
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

  private static final String LOCAL_TASKS = "mapreduce.local.map.tasks.maximum";

  /** Enough for a task with messages of 10 MB. */
  private static final long TASK_BYTES = 512 << 20;

  /**
   * Waits, and shows how far the job is.
   *
   * @param expectedRecords how many records there will be at most; 0 if nobody knows
   * @return whether it succeeded
   */
  public boolean await(Job job, Console console, long expectedRecords)
      throws IOException, InterruptedException {
    boolean local = job.getConfiguration().get("mapreduce.framework.name", "local").equals("local");
    Progress progress =
        new Progress(console.err(), console.terminal(), expectedRecords, System::nanoTime);
    while (!job.isComplete()) {
      // Counters are a large answer: ask for them only to show them.
      Counters counters = progress.isDue() ? job.getCounters() : null;
      if (counters != null) {
        progress.update(
            counters.findCounter(records).getValue(), counters.findCounter(bytes).getValue());
      }
      // Hadoop tells nobody that a job has ended: it has to be asked.
      Thread.sleep(local ? LOCAL_POLL_MILLIS : CLUSTER_POLL_MILLIS);
    }
    progress.clear();
    return job.isSuccessful();
  }

  /**
   * Sets what Hadoop's own defaults get wrong; what the user or the cluster says wins. Among it is
   * how many tasks the local job runner has going at once: one waits for servers while another
   * works.
   *
   * @param better values by key
   */
  public static void improveDefaults(Job job, Map<String, String> better) {
    better.forEach((key, value) -> improve(job, key, value));
    improve(job, LOCAL_TASKS, String.valueOf(localTasks()));
  }

  private static void improve(Job job, String key, String value) {
    String[] sources = job.getConfiguration().getPropertySources(key);
    if (sources == null
        || Arrays.stream(sources).allMatch(source -> source.endsWith("-default.xml"))) {
      job.getConfiguration().set(key, value);
    }
  }

  private static long localTasks() {
    Runtime runtime = Runtime.getRuntime();
    return Math.max(1, Math.min(runtime.availableProcessors(), runtime.maxMemory() / TASK_BYTES));
  }
}
