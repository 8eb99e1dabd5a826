package io.kafkahdfs.producer.job;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.plan.PlannedSplit;
import io.kafkahdfs.producer.state.RoundFolder;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.stop.StopSignal;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Sends the splits of a plan that have no report yet, with a MapReduce job. */
final class SendStep {
  private final FileStore store;
  private final RoundFolder folder;
  private final SplitReports reports;
  private final SplitsJob job;
  private final StopSignal stop;

  SendStep(
      FileStore store, RoundFolder folder, SplitReports reports, SplitsJob job, StopSignal stop) {
    this.store = store;
    this.folder = folder;
    this.reports = reports;
    this.job = job;
    this.stop = stop;
  }

  /**
   * @throws LoaderException if a task failed, with what it said
   */
  void run(ExportPlan plan) throws IOException, InterruptedException {
    Set<Integer> missing = new TreeSet<>();
    for (PlannedSplit split : plan.splits()) {
      if (reports.find(split).isEmpty()) {
        missing.add(split.index());
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    store.delete(folder.failures());
    store.mkdirs(folder.failures());
    if (!job.run(folder, missing)) {
      throw failure();
    }
  }

  private LoaderException failure() throws IOException {
    stop.check("Run it again: it resumes where it ended.");
    List<TaskFailures.Failure> failures = TaskFailures.read(store, folder.failures());
    String advice = " Run it again when that is mended: it resumes where it ended.";
    return failures.stream()
        .min(Comparator.comparing(TaskFailures.Failure::message))
        .map(first -> new LoaderException(first.exitCode(), first.message() + advice))
        .orElseGet(
            () ->
                new LoaderException(
                    ExitCode.FAILURE, "The MapReduce job failed; its log says why." + advice));
  }
}
