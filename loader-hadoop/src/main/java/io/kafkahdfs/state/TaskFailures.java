package io.kafkahdfs.state;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a task's failure, with its exit code, to the driver: MapReduce would hand it the text of a
 * stack trace, or nothing at all when the job runs locally.
 */
public final class TaskFailures {
  private static final String FOLDER = "kafkahdfs.failures";
  private static final Logger LOG = LoggerFactory.getLogger(TaskFailures.class);

  private final Configuration configuration;
  private final String reporter;

  private TaskFailures(Configuration configuration, String reporter) {
    this.configuration = configuration;
    this.reporter = reporter;
  }

  /** Tells the tasks of a job where to store their failures; without it they store none. */
  public static void storeIn(Path folder, Configuration configuration) {
    configuration.set(FOLDER, folder.toString());
  }

  /** For a task attempt. */
  public static TaskFailures of(TaskAttemptContext context) {
    return new TaskFailures(context.getConfiguration(), context.getTaskAttemptID().toString());
  }

  /** For the commit of a whole job. */
  public static TaskFailures ofJobCommit(Configuration configuration) {
    return new TaskFailures(configuration, "job-commit");
  }

  /**
   * A failure as it is stored.
   *
   * @param exitCode what the driver ends with
   * @param message what the driver prints
   */
  public record Failure(ExitCode exitCode, String message) {}

  /**
   * Stores a failure for the driver.
   *
   * @return the same failure, to be thrown
   */
  public LoaderException report(LoaderException failure) {
    String folder = configuration.get(FOLDER);
    if (folder == null) {
      return failure;
    }
    Path file = new Path(folder, reporter + ".json");
    Path draft = new Path(folder, reporter + ".draft");
    try {
      AtomicFile.replace(
          HadoopFileStore.of(file, configuration),
          draft,
          file,
          Json.write(new Failure(failure.exitCode(), failure.getMessage())));
    } catch (IOException e) {
      // The failure itself matters more than that the driver can name it.
      LOG.warn("Cannot store {}: {}", file, e.toString());
    }
    return failure;
  }

  /** All failures that tasks stored in a folder. */
  public static List<Failure> read(FileStore store, Path folder) throws IOException {
    List<Failure> failures = new ArrayList<>();
    for (FileEntry entry : store.list(folder)) {
      if (entry.name().endsWith(".json")) {
        failures.add(stored(store, entry.path()));
      }
    }
    return failures;
  }

  /**
   * Why a job has failed: what a task stored, or else where its log is.
   *
   * @param folder where tasks stored their failures
   * @param job its id
   * @param after a sentence on what follows from that
   */
  public static LoaderException ofJob(FileStore store, Path folder, String job, String after)
      throws IOException {
    return read(store, folder).stream()
        .min(Comparator.comparing(Failure::message))
        .map(first -> new LoaderException(first.exitCode(), first.message()))
        .orElseGet(
            () ->
                new LoaderException(
                    ExitCode.FAILURE,
                    "The MapReduce job "
                        + job
                        + " failed, and its log says why (on a cluster: mapred job -logs "
                        + job
                        + "). "
                        + after));
  }

  /** That a task has failed is known by the file; what is not known must not hide it. */
  private static Failure stored(FileStore store, Path file) throws IOException {
    try {
      return Json.read(AtomicFile.read(store, file), Failure.class);
    } catch (MalformedJsonException e) {
      return new Failure(
          ExitCode.FAILURE,
          "A task has failed, and its reason in " + file + " cannot be read: " + e.getMessage());
    }
  }
}
