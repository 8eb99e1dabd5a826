package io.kafkahdfs.consumer.report;

import static io.kafkahdfs.consumer.report.Commits.Range.of;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.report.Commits.Range;
import io.kafkahdfs.offset.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Loads with something of everything. */
final class SampleLoads {
  private SampleLoads() {}

  /** Two days, every hour, with all that can happen to offsets; by chance, but always the same. */
  static List<Commit> eventful() {
    Random random = new Random(7);
    Commits commits = new Commits();
    for (int hour = 0; hour < 48; hour++) {
      List<Range> ranges = new ArrayList<>();
      double seconds = 30;
      for (int partition = 0; partition < 4; partition++) {
        long busy = 20_000 + (long) (15_000 * Math.sin(Math.PI * hour / 12));
        long written = busy + random.nextInt(4_000);
        seconds += written / 2_000.0;
        ranges.add(
            of("events", partition, written)
                .invisible(hour % 7 == 3 ? 900 : 0)
                .lost(hour == 20 && partition == 2 ? 40_000 : 0)
                .left(hour > 30 && hour < 36 ? 60_000 - 9_000 * (36 - hour) : random.nextInt(900))
                .file(written * 160));
      }
      for (int partition = 0; partition < 2; partition++) {
        long written = 6_000 + random.nextInt(3_000);
        ranges.add(
            of("a.b-c_d", partition, written)
                .filtered(hour < 24 ? 4_000 : 0)
                .bad(hour == 9 && partition == 1 ? 12 : 0)
                .quarantined(hour == 10 && partition == 1 ? 7 : 0)
                .file(written * 400));
      }
      if (hour % 4 == 1) {
        ranges.add(of("rare", 0, 3 + random.nextInt(20)).file(900));
      }
      commits.land(60 * hour + 5, seconds, ranges.toArray(Range[]::new));
      if (hour == 28) {
        commits.rollBack(60 * hour + 25, commits.last().number() - 3, "the mapper was wrong");
      }
      if (hour == 40) {
        commits.set(
            60 * hour + 30,
            new PartitionId("a.b-c_d", 0),
            offset(commits, "a.b-c_d", 0) + 30_000,
            "a flood of test records </script><script>alert(1)</script>");
      }
      if (hour == 44) {
        commits.set(
            60 * hour + 30,
            new PartitionId("events", 3),
            offset(commits, "events", 3) - 25_000,
            "read once more & <b>again</b>");
      }
    }
    return commits.list();
  }

  private static long offset(Commits commits, String topic, int partition) {
    return commits.last().next().stream()
        .filter(next -> next.topic().equals(topic) && next.partition() == partition)
        .findFirst()
        .orElseThrow()
        .offset();
  }

  /** Every ten minutes a commit, with a record or two of each partition. */
  static List<Commit> large(int number, int topics, int partitions) {
    Commits commits = new Commits();
    for (int i = 0; i < number; i++) {
      Range[] ranges = new Range[topics * partitions];
      for (int j = 0; j < ranges.length; j++) {
        ranges[j] =
            of("topic-" + (100 + j / partitions), j % partitions, 1 + (i + j) % 5)
                .left(j % 3)
                .lost(i == 50 && j == 0 ? 4 : 0);
      }
      commits.land(10 * i, 20 + i % 7, ranges);
    }
    return commits.list();
  }
}
