package io.kafkahdfs.run;

import org.apache.hadoop.conf.Configuration;

/** How many tasks of a job may work at the same time, and have to share a rate. */
public final class TasksAtOnce {
  private TasksAtOnce() {}

  /**
   * Of a job's map tasks.
   *
   * @param maps how many there are
   */
  public static int maps(Configuration configuration, int maps) {
    return least(
        maps,
        isLocal(configuration)
            // Hadoop's local runner has one at a time unless it is told otherwise.
            ? configuration.getInt("mapreduce.local.map.tasks.maximum", 1)
            : configuration.getInt("mapreduce.job.running.map.limit", 0));
  }

  /** Of the map tasks of a job that was submitted. */
  public static int readers(Configuration task) {
    // Hadoop writes how many there are when a job is submitted.
    return maps(task, Math.max(1, task.getInt("mapreduce.job.maps", 1)));
  }

  /** Of the tasks that write a job's output: its reducers, or its mappers if it has none. */
  public static int writers(Configuration task) {
    int reduces = task.getInt("mapreduce.job.reduces", 1);
    if (reduces == 0) {
      return readers(task);
    }
    return least(
        reduces,
        isLocal(task)
            ? task.getInt("mapreduce.local.reduce.tasks.maximum", 1)
            : task.getInt("mapreduce.job.running.reduce.limit", 0));
  }

  private static boolean isLocal(Configuration configuration) {
    return configuration.get("mapreduce.framework.name", "local").equals("local");
  }

  private static int least(int tasks, int limit) {
    return limit < 1 ? tasks : Math.min(tasks, limit);
  }
}
