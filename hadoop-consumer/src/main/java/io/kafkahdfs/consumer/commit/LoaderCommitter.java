package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.read.TaskReads;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.StorageFailure;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * Ties the commit protocol to MapReduce: tasks promise, the job commits. Runs in the task for
 * task's methods, and in the application master for the job's.
 */
public final class LoaderCommitter extends OutputCommitter {
  private final FileStore store;
  private final RunFolder run;
  private final boolean commits;

  public LoaderCommitter(FileStore store, Run run) {
    this.store = store;
    this.run = run.folder();
    this.commits = run.purpose() != Run.Purpose.REPAIR;
  }

  /** Nothing to do: the driver has made the run's folders, and made no others for a dead run. */
  @Override
  public void setupJob(JobContext context) {}

  /**
   * Makes nothing: the writer makes the attempt's folder.
   *
   * @throws LoaderException if the run may not commit any more: then reading would be in vain
   */
  @Override
  public void setupTask(TaskAttemptContext context) throws IOException {
    run.checkPermit(store);
  }

  @Override
  public boolean needsTaskCommit(TaskAttemptContext context) {
    return true;
  }

  /** Promises what the attempt wrote; takes the place of what an earlier attempt promised. */
  @Override
  public void commitTask(TaskAttemptContext context) throws IOException {
    store.replace(
        run.draftManifest(context.getTaskAttemptID()),
        run.manifest(context.getTaskAttemptID().getTaskID()));
  }

  /**
   * Leaves the attempt's files to the end of the run, which removes all of them. An attempt that an
   * application master has given up may just have committed, and another application master that
   * was started in the meantime may be about to commit the job with its manifest.
   */
  @Override
  public void abortTask(TaskAttemptContext context) {
    TaskReads.end(context.getTaskAttemptID());
  }

  /** Leaves it to the driver if the run repairs. */
  @Override
  public void commitJob(JobContext context) throws IOException {
    if (!commits) {
      return;
    }
    try {
      Optional<Commit> commit = new CommitStep(store, run).commit();
      if (commit.isPresent()) {
        new CommitLog(store, run.state()).publish(commit.get());
      }
    } catch (LoaderException e) {
      throw TaskFailures.ofJobCommit(context.getConfiguration()).report(e);
    } catch (IOException e) {
      // The driver is told too: else its user would be sent to the job's log.
      throw TaskFailures.ofJobCommit(context.getConfiguration())
          .report(
              new LoaderException(
                  ExitCode.HDFS_UNUSABLE,
                  "The file system failed when the job was to be committed: "
                      + StorageFailure.describe(e),
                  e));
    }
  }

  /** The application master may die in the commit; its next attempt does it again. */
  @Override
  public boolean isCommitJobRepeatable(JobContext context) {
    return true;
  }

  /**
   * Nothing to do: the driver removes what a failed run left, once it has read why, and the next
   * run does when the driver is dead. The permit must stay: an application master that follows on a
   * dead one, and cannot recover its tasks, begins by aborting the job that it is about to run.
   */
  @Override
  public void abortJob(JobContext context, JobStatus.State jobState) {}

  /** Manifests outlive the application master: tasks that were committed need not run again. */
  @Override
  public boolean isRecoverySupported(JobContext context) {
    return true;
  }

  /** Nothing to do: the manifest stands where it belongs. */
  @Override
  public void recoverTask(TaskAttemptContext context) {}
}
