package io.kafkahdfs.consumer.job;

import io.kafkahdfs.command.BetterDefaults;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.MRJobConfig;

/**
 * Lets YARN run the only task of a small job within the application master's container: to ask for
 * a second one, and to start a JVM there, takes longer than the task. YARN itself looks whether the
 * job's bytes and memory are small enough ({@code mapreduce.job.ubertask.*}).
 */
final class OneContainer {
  /** What people ask of a task's JVM, which an application master's JVM would not heed. */
  private static final List<String> OF_TASKS =
      List.of(
          MRJobConfig.MAP_JAVA_OPTS,
          MRJobConfig.MAP_ENV,
          MRJobConfig.MAP_MEMORY_MB,
          "mapred.child.java.opts",
          "mapred.child.env");

  private OneContainer() {}

  /** Unless the user or the cluster says otherwise, or the user wants a task's JVM of some kind. */
  static void preferFor(Configuration job) {
    if (OF_TASKS.stream().noneMatch(key -> isOfUser(key, job))) {
      BetterDefaults.set(JobContext.JOB_UBERTASK_ENABLE, "true", job);
    }
  }

  /** Whether somebody has set it for this run, and not for all jobs of the cluster. */
  private static boolean isOfUser(String key, Configuration job) {
    String[] sources = job.getPropertySources(key);
    return sources != null
        && Arrays.stream(sources)
            .noneMatch(source -> source.endsWith("-default.xml") || source.endsWith("-site.xml"));
  }
}
