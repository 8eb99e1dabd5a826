package io.kafkahdfs.consumer.report;

import io.kafkahdfs.consumer.report.ReportData.Run;
import java.util.ArrayList;
import java.util.List;

/** Runs in order, each so many summed up. */
final class RunSeries {
  private RunSeries() {}

  static List<Run> of(List<Run> runs, int each) {
    if (each == 1) {
      return List.copyOf(runs);
    }
    List<Run> sums = new ArrayList<>();
    for (int from = 0; from < runs.size(); from += each) {
      List<Run> part = runs.subList(from, Math.min(runs.size(), from + each));
      sums.add(part.stream().reduce(RunSeries::sum).orElseThrow());
    }
    return List.copyOf(sums);
  }

  private static Run sum(Run run, Run next) {
    return new Run(
        run.first(),
        next.last(),
        run.landed() + next.landed(),
        run.rolledBack() + next.rolledBack(),
        run.started(),
        next.committed(),
        run.seconds() + next.seconds(),
        run.volume().plus(next.volume()),
        next.lag(),
        run.came() == null && next.came() == null ? null : zero(run.came()) + zero(next.came()));
  }

  private static long zero(Long number) {
    return number == null ? 0 : number;
  }
}
