package io.kafkahdfs.consumer.report;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.offset.PartitionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is written and cannot be read, since its transaction is neither committed nor aborted. */
final class Undecided {
  private Undecided() {}

  /** As the last commit saw it. */
  static List<ReportData.Undecided> of(Commit last) {
    List<ReportData.Undecided> undecided = new ArrayList<>();
    for (Commit.Next next : last.next()) {
      if (next.undecided() != null && next.end() != null) {
        undecided.add(
            new ReportData.Undecided(
                next.topic(),
                next.partition(),
                next.end(),
                next.end() + next.undecided(),
                next.undecidedSince() == null ? null : millis(next.undecidedSince())));
      }
    }
    return undecided;
  }

  /** As Kafka says now. */
  static List<ReportData.Undecided> of(Commit last, Map<PartitionId, PartitionSnapshot> now) {
    History history = last.history();
    List<ReportData.Undecided> undecided = new ArrayList<>();
    now.forEach(
        (partition, described) -> {
          if (described.undecided() > 0) {
            long end = described.readable().until();
            undecided.add(
                new ReportData.Undecided(
                    partition.topic(),
                    partition.partition(),
                    end,
                    described.highWatermark(),
                    history.undecidedSince(partition, end).map(Undecided::millis).orElse(null)));
          }
        });
    return undecided;
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
