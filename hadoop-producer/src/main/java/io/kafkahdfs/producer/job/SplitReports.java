package io.kafkahdfs.producer.job;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.plan.PlannedSplit;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.producer.state.RoundFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reports of the splits that are done. */
record SplitReports(Exports exports, RoundFolder folder) {
  Optional<SplitReport> find(PlannedSplit split) throws IOException {
    return exports
        .read(folder.report(split.index()), SplitReport.class)
        .filter(report -> report.fingerprint().equals(split.fingerprint()));
  }

  /**
   * Those of all splits.
   *
   * @throws LoaderException if one is missing, or does not add up
   */
  List<SplitReport> all(ExportPlan plan) throws IOException {
    List<SplitReport> reports = new ArrayList<>();
    for (PlannedSplit split : plan.splits()) {
      SplitReport report =
          find(split)
              .orElseThrow(
                  () ->
                      new LoaderException(
                          ExitCode.FAILURE,
                          "The job succeeded, but split "
                              + split.index()
                              + " has no report. Run it again."));
      report.check();
      reports.add(report);
    }
    return reports;
  }
}
