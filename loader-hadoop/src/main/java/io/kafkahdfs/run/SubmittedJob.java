package io.kafkahdfs.run;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.MalformedJsonException;
import io.kafkahdfs.state.MayBeNull;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Cluster;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.JobStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the MapReduce job of a run in a file. A job outlives its driver: the next run ends the
 * one that a dead driver left. Its name is remembered before it is submitted, since a driver may
 * die before it knows the id.
 */
public final class SubmittedJob {
  private static final Logger LOG = LoggerFactory.getLogger(SubmittedJob.class);
  private static final long POLL_MILLIS = 100;

  /** Hadoop itself kills a job that does not end by itself after some seconds. */
  private static final Duration LONGEST_END = Duration.ofMinutes(2);

  private final Configuration configuration;
  private final FileStore store;
  private final Path file;
  private final Path draft;

  /**
   * @param folder where it is remembered
   */
  public SubmittedJob(Configuration configuration, FileStore store, Path folder) {
    this.configuration = configuration;
    this.store = store;
    this.file = new Path(folder, "job.json");
    this.draft = new Path(folder, "job.draft");
  }

  /**
   * A job as it is remembered.
   *
   * @param job its id; null until it is known
   * @param name which no other job has; null if an earlier version wrote it
   */
  private record Remembered(@MayBeNull String job, @AddedLater String name) {
    Remembered {
      if (job != null) {
        JobID.forName(job);
      } else if (name == null) {
        throw new IllegalArgumentException("there is neither a job nor a name");
      }
    }
  }

  /** A job of this name is about to be submitted. */
  void announce(String name) throws IOException {
    write(new Remembered(null, name));
  }

  void remember(JobID job, String name) throws IOException {
    write(new Remembered(job.toString(), name));
  }

  private void write(Remembered remembered) throws IOException {
    AtomicFile.replace(store, draft, file, Json.write(remembered));
  }

  /** Forgets a job that has ended, unless another run remembers its own meanwhile. */
  void forget(String name) throws IOException {
    if (read().filter(remembered -> name.equals(remembered.name)).isPresent()) {
      store.delete(file);
    }
  }

  /**
   * Tells the job that a dead driver left behind to end, if it still runs. Does not wait for it.
   *
   * @throws IOException also if the cluster cannot be asked
   */
  public void killEarlier(Console console) throws IOException, InterruptedException {
    endEarlier(console, false);
  }

  /**
   * Ends the job that a dead driver left behind, if it still runs, and waits for its end.
   *
   * @throws LoaderException if it does not end
   */
  public void endEarlier(Console console) throws IOException, InterruptedException {
    endEarlier(console, true);
  }

  private void endEarlier(Console console, boolean await) throws IOException, InterruptedException {
    Optional<Remembered> earlier = read();
    if (earlier.isEmpty()) {
      return;
    }
    Cluster cluster = new Cluster(configuration);
    try {
      Optional<Job> job = find(earlier.get(), cluster);
      if (job.isPresent() && !job.get().isComplete()) {
        String id = job.get().getJobID().toString();
        console.warn("The job " + id + " of an earlier run still runs. Ending it.");
        job.get().killJob();
        if (await) {
          awaitEnd(id, job.get()::isComplete, LONGEST_END);
        }
        LOG.info("Ended the job {} of an earlier run", id);
      }
    } finally {
      cluster.close();
    }
    store.delete(file);
  }

  private static Optional<Job> find(Remembered earlier, Cluster cluster)
      throws IOException, InterruptedException {
    if (earlier.job != null) {
      return Optional.ofNullable(cluster.getJob(JobID.forName(earlier.job)));
    }
    // Its driver died at about the time when it submitted it. No job that runs here outlives that.
    JobStatus[] all = cluster.getAllJobStatuses();
    for (JobStatus status : all == null ? new JobStatus[0] : all) {
      if (status.getJobName().equals(earlier.name) && !status.isJobComplete()) {
        return Optional.ofNullable(cluster.getJob(status.getJobID()));
      }
    }
    return Optional.empty();
  }

  /** Asks whether something is so. */
  @FunctionalInterface
  interface Question {
    boolean isSo() throws IOException, InterruptedException;
  }

  static void awaitEnd(String job, Question isComplete, Duration longest)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!isComplete.isSo()) {
      if (System.nanoTime() - deadline >= 0) {
        throw new LoaderException(
            ExitCode.BUSY,
            "The job "
                + job
                + " of an earlier run was told to end "
                + longest.toSeconds()
                + " s ago, and still runs. Nothing was sent. End it with yarn application -kill "
                + job.replaceFirst("^job_", "application_")
                + ", then run the same command again.");
      }
      // Hadoop tells nobody that a job has ended: it has to be asked.
      Thread.sleep(POLL_MILLIS);
    }
  }

  private Optional<Remembered> read() throws IOException {
    try {
      return Optional.of(Json.read(AtomicFile.read(store, file), Remembered.class));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (MalformedJsonException e) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "The note "
              + file
              + " of an earlier run's job is not what a run writes: "
              + e.getMessage()
              + ". End that job if it still runs (yarn application -list), and remove the note.",
          e);
    }
  }
}
