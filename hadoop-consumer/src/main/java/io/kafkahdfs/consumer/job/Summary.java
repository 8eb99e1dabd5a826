package io.kafkahdfs.consumer.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.consumer.commit.Commit;
import java.time.Duration;
import java.util.List;

/**
 * What a run did, for programs ({@code --summary}) and for people.
 *
 * @param outcome {@code committed} or {@code nothing-to-do}
 * @param why there was nothing to do; null when there was
 * @param commit the commit's number; null when there was nothing to do
 * @param records records in the files
 * @param bytes of the keys and values that were read
 * @param files how many files were landed
 * @param seconds from the run's beginning to its end
 * @param partitions what became of every offset
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Summary(
    String outcome,
    String why,
    Long commit,
    long records,
    long bytes,
    long files,
    double seconds,
    List<Partition> partitions) {
  record Partition(
      String topic,
      int partition,
      long from,
      long until,
      long written,
      long filtered,
      long bad,
      long invisible,
      long lost) {}

  /**
   * @param why for people, a sentence
   */
  static Summary nothingToDo(String why, Duration took) {
    return new Summary("nothing-to-do", why, null, 0, 0, 0, seconds(took), List.of());
  }

  static Summary of(Commit commit, Duration took) {
    return new Summary(
        "committed",
        null,
        commit.number(),
        commit.partitions().stream().mapToLong(Commit.Partition::records).sum(),
        commit.partitions().stream().mapToLong(Commit.Partition::bytes).sum(),
        commit.files().size(),
        seconds(took),
        commit.partitions().stream()
            .map(
                done ->
                    new Partition(
                        done.topic(),
                        done.partition(),
                        done.from(),
                        done.until(),
                        done.written(),
                        done.filtered(),
                        done.bad(),
                        done.invisible(),
                        done.lost()))
            .toList());
  }

  private static double seconds(Duration took) {
    return Math.round(took.toMillis() / 100.0) / 10.0;
  }

  /** For the console. */
  String text() {
    if (commit == null) {
      return "Nothing to do: " + why + "\n";
    }
    Table table =
        new Table(
            "topic",
            "partition",
            "from",
            "until",
            "written",
            "filtered",
            "bad",
            "invisible",
            "lost");
    for (Partition done : partitions) {
      table.row(
          done.topic,
          done.partition,
          done.from,
          done.until,
          done.written,
          done.filtered,
          done.bad,
          done.invisible,
          done.lost);
    }
    String line =
        "Commit %d: %s records, %s, in %d %s and %.1f s (%s records/s)%n"
            .formatted(
                commit,
                Amounts.count(records),
                Amounts.bytes(bytes),
                files,
                files == 1 ? "file" : "files",
                seconds,
                Amounts.count((long) (records / Math.max(0.1, seconds))));
    return partitions.isEmpty() ? line : table + line;
  }
}
