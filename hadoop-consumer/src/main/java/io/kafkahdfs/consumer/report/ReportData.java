package io.kafkahdfs.consumer.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kafkahdfs.offset.OffsetTally;
import java.util.List;

/**
 * What the report says about a load: all its numbers, summed up so far that a page can show them.
 * Times are milliseconds since 1970 in UTC.
 *
 * <p>A commit is <em>in effect</em> if what it landed is in the output, that is if it was not
 * rolled back. Unless something else is said, only commits in effect are counted.
 *
 * @param output the output root
 * @param made when the report was made
 * @param load which topics, as what; null if nothing was loaded yet
 * @param bootstrapServers of the last commit
 * @param clusterId of the last commit; null where brokers have none
 * @param latest the newest runs and days in full; null if {@code all} shows them in full already
 * @param all the load's whole life
 * @param topics by name
 * @param partitions by topic and number; at most {@link Limits#partitions}, those with losses and
 *     lag first
 * @param undecided what is written and cannot be read yet, by topic and number; at most {@link
 *     Limits#rows}
 * @param losses the newest first; at most {@link Limits#rows}
 * @param lossesInAll how many there are
 * @param changes the newest first; at most {@link Limits#rows}
 * @param changesInAll how many there are
 */
record ReportData(
    String output,
    long made,
    String load,
    List<String> bootstrapServers,
    String clusterId,
    Totals totals,
    Window latest,
    Window all,
    List<Topic> topics,
    List<Partition> partitions,
    List<Undecided> undecided,
    List<Loss> losses,
    int lossesInAll,
    List<Change> changes,
    int changesInAll,
    Sizes sizes) {

  /**
   * @param partitions that were ever loaded
   * @param commits all of them, changes by hand and what was rolled back too
   * @param runs commits in effect that landed something
   * @param first when the first commit was made; null if there is none
   * @param last when the last commit was made; null if there is none
   * @param lag offsets that were not loaded yet
   * @param lagIsNow whether Kafka was asked for the lag; else it is that of the last run
   * @param undecided offsets that are written and cannot be read yet; now, or after the last run,
   *     as the lag
   * @param quarantined how many of the bad offsets are in quarantine
   * @param late records that came late for their folders
   * @param skipped offsets that were stepped over by hand
   * @param rolledBackRuns runs that are not in effect any more
   * @param rolledBackRecords their records
   */
  record Totals(
      int topics,
      int partitions,
      long commits,
      long runs,
      @JsonUnwrapped Volume volume,
      Long first,
      Long last,
      long lag,
      boolean lagIsNow,
      long undecided,
      @JsonUnwrapped @JsonIgnoreProperties("written") OffsetTally tally,
      long quarantined,
      long late,
      long skipped,
      long rolledBackRuns,
      long rolledBackRecords) {}

  /**
   * Offsets that cannot be read, since a transaction is neither committed nor aborted.
   *
   * @param since when a run first saw that; null if none did yet
   */
  record Undecided(String topic, int partition, long from, long until, Long since) {}

  /**
   * What charts over time show.
   *
   * @param commitsEach how many commits a point of {@code runs} sums up; the last one may have
   *     fewer
   */
  record Window(int commitsEach, List<Run> runs, Hours hours) {}

  /**
   * Consecutive commits, in effect or not; one, unless there are too many.
   *
   * @param first number of the first commit
   * @param last number of the last commit
   * @param landed how many landed something: they are not changes by hand
   * @param rolledBack how many of these are not in effect any more
   * @param started of the first commit
   * @param committed of the last commit
   * @param seconds that the landing ones took, together
   * @param lag offsets left after the last commit
   * @param came offsets that came to known partitions since the commit before; null for the load's
   *     first commit
   */
  record Run(
      long first,
      long last,
      int landed,
      int rolledBack,
      long started,
      long committed,
      double seconds,
      @JsonUnwrapped @JsonIgnoreProperties("fileBytes") Volume volume,
      long lag,
      Long came) {}

  /**
   * Records by topic and by the time of the commit.
   *
   * @param from the first bucket's beginning
   * @param hours how long a bucket is
   * @param series the largest topics first
   */
  record Hours(long from, int hours, List<Series> series) {}

  /**
   * @param topic null for all other topics together
   * @param topics how many these are
   * @param records by bucket
   */
  record Series(String topic, int topics, List<Long> records) {}

  /**
   * @param lag null if it has vanished from Kafka
   * @param smallFiles files below {@link Sizes#small}
   * @param quarantined how many of the bad offsets are in quarantine
   */
  record Topic(
      String name,
      int partitions,
      @JsonUnwrapped Volume volume,
      long smallFiles,
      @JsonUnwrapped @JsonIgnoreProperties("written") OffsetTally tally,
      long quarantined,
      long skipped,
      Long lag) {}

  /**
   * A partition's offsets.
   *
   * @param topic its name's place in {@link #topics}
   * @param offset where the next run begins
   * @param end where the partition ends, as far as known; null if that is not known
   * @param vanished whether it does not exist in Kafka any more
   */
  record Partition(
      int topic,
      int partition,
      long offset,
      Long end,
      boolean vanished,
      List<Segment> segments,
      List<Mark> marks) {}

  /** What else happened to offsets. */
  enum What {
    /** They had been landed, and the files are in the trash. */
    ROLLED_BACK,
    /** The next offset was set back to before them: they may be in the output twice. */
    AGAIN
  }

  /**
   * @param first number of the first commit that says so
   * @param last number of the last one
   */
  record Mark(What what, long from, long until, long first, long last) {}

  /**
   * Offsets that are not in the output and were not left out by the user's mapper.
   *
   * @param what {@code lost}, {@code bad}, {@code in quarantine} or {@code skipped}
   * @param count how many of the offsets from {@code from} to {@code until}
   */
  record Loss(
      long commit,
      long committed,
      String topic,
      int partition,
      String what,
      long from,
      long until,
      long count) {}

  /**
   * A change by hand.
   *
   * @param to the commit that was rolled back to; null for other changes
   * @param trashed files
   * @param restored files
   * @param set partitions whose next offset was set
   * @param purged whether the trash was emptied, or a part of it
   * @param forgotten files that left on purpose
   * @param compacted small files that were merged
   * @param repaired files that were loaded again, those that were missing and those between them
   * @param into how many files have the records of these
   * @param inEffect whether it was not rolled back itself
   */
  record Change(
      long commit,
      long committed,
      String user,
      String why,
      Long to,
      int trashed,
      long trashedBytes,
      int restored,
      long restoredBytes,
      int set,
      boolean purged,
      int forgotten,
      int compacted,
      int repaired,
      int into,
      boolean inEffect) {}

  /**
   * How large the files are.
   *
   * @param small below so many bytes a file is small
   * @param smallFiles how many are
   * @param tooMany whether these are so many that the NameNode suffers for nothing
   */
  record Sizes(long small, long smallFiles, boolean tooMany, List<SizeClass> classes) {}

  /**
   * @param from bytes, included
   * @param until bytes, not included; null for no bound
   */
  record SizeClass(long from, Long until, long files, long bytes) {}
}
