package io.kafkahdfs.consumer.report;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.Lineage;
import io.kafkahdfs.consumer.commit.ManualChange;
import io.kafkahdfs.consumer.commit.Rollback;
import io.kafkahdfs.consumer.report.ReportData.Change;
import io.kafkahdfs.consumer.report.ReportData.Partition;
import io.kafkahdfs.consumer.report.ReportData.Run;
import io.kafkahdfs.consumer.report.ReportData.Totals;
import io.kafkahdfs.consumer.report.ReportData.Window;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Sums a load's commits up for the report. */
final class ReportAssembly {
  private final Limits limits;
  private final Set<Long> inEffect;
  private final int segments;
  private final HourSeries allHours;
  private final HourSeries latestHours;

  private final Map<String, TopicSum> topics = new TreeMap<>();
  private final Map<PartitionId, OffsetMap> offsets = new TreeMap<>();
  private final List<Run> runs = new ArrayList<>();
  private final Lag lag = new Lag();
  private final FileSizes sizes = new FileSizes();
  private final Losses losses;
  private final Newest<Change> changes;
  private long landed;
  private long rolledBackRuns;
  private long rolledBackRecords;
  private long late;

  private ReportAssembly(Overview overview, Limits limits) {
    this.limits = limits;
    this.inEffect = overview.lineage.standing();
    this.segments = limits.segmentsOf(overview.partitions.size());
    this.allHours = HourSeries.over(overview.first, overview.last, limits.buckets());
    this.latestHours = HourSeries.before(overview.last, limits.buckets());
    this.losses = new Losses(limits.rows());
    this.changes = new Newest<>(limits.rows());
  }

  /**
   * @param commits all of the load, in order; gone through twice
   * @param now the loaded partitions in Kafka; null if Kafka was not asked
   */
  static ReportData of(
      String output,
      Iterable<Commit> commits,
      Instant made,
      Map<PartitionId, PartitionSnapshot> now,
      Limits limits) {
    Overview overview = new Overview();
    commits.forEach(overview::add);
    ReportAssembly assembly = new ReportAssembly(overview, limits);
    commits.forEach(assembly::add);
    return assembly.data(output, overview.commit, made, now);
  }

  /** What must be known before summing up begins. */
  private static final class Overview {
    private final Lineage lineage = new Lineage();
    private final Set<PartitionId> partitions = new HashSet<>();
    private Commit commit;
    private long first;
    private long last;

    void add(Commit next) {
      long time = millis(next.committed());
      first = commit == null ? time : Math.min(first, time);
      last = commit == null ? time : Math.max(last, time);
      commit = next;
      lineage.add(next);
      next.partitions().forEach(p -> partitions.add(p.id()));
    }
  }

  private void add(Commit commit) {
    long committed = millis(commit.committed());
    boolean counts = inEffect.contains(commit.number());
    lag.add(commit);
    if (commit.change() == null) {
      land(commit, committed, counts);
    } else {
      change(commit, committed, counts);
    }
    runs.add(run(commit, committed, counts));
  }

  private void land(Commit commit, long committed, boolean counts) {
    if (!counts) {
      rolledBackRuns++;
      rolledBackRecords += sum(commit.partitions(), Commit.Partition::records);
      commit.partitions().forEach(done -> map(done.id()).rolledBack(commit.number(), done));
      return;
    }
    landed++;
    late += commit.lateRecords();
    for (Commit.Partition done : commit.partitions()) {
      map(done.id()).landed(commit.number(), done);
      allHours.add(done.topic(), committed, done.records());
      latestHours.add(done.topic(), committed, done.records());
      losses.landed(commit.number(), committed, done);
      topic(done.topic()).landed(done);
    }
    for (LandedFile file : commit.files()) {
      if (!file.holdsBad()) {
        sizes.add(file.bytes());
        topic(file.parts().get(0).topic()).landed(file);
      }
    }
  }

  private void change(Commit commit, long committed, boolean counts) {
    ManualChange change = commit.change();
    Rollback rollback = change.rollback();
    changes.add(
        new Change(
            commit.number(),
            committed,
            commit.user(),
            change.why(),
            rollback == null ? null : rollback.to(),
            commit.trashed().size(),
            sum(commit.trashed(), Rollback.Move::bytes),
            rollback == null ? 0 : rollback.restored().size(),
            rollback == null ? 0 : sum(rollback.restored(), Rollback.Move::bytes),
            change.offsets().size(),
            !commit.purged().isEmpty(),
            commit.forgotten().size(),
            commit.compacted().size(),
            commit.repaired().size(),
            commit.replaced().isEmpty() ? 0 : commit.files().size(),
            counts));
    for (ManualChange.OffsetEdit edit : change.offsets()) {
      if (!counts || edit.from() == null) {
        continue;
      }
      map(edit.id()).set(commit.number(), edit.from(), edit.to());
      long skipped = edit.to() - edit.from();
      if (skipped > 0) {
        topic(edit.topic()).skipped(skipped);
        losses.skipped(commit.number(), committed, edit);
      }
    }
  }

  private Run run(Commit commit, long committed, boolean counts) {
    boolean lands = commit.change() == null;
    long started = millis(commit.started());
    return new Run(
        commit.number(),
        commit.number(),
        lands ? 1 : 0,
        lands && !counts ? 1 : 0,
        started,
        committed,
        lands ? Math.max(0, committed - started) / 1000.0 : 0,
        lands ? Volume.of(commit) : Volume.NONE,
        lag.sum(),
        lag.came());
  }

  private ReportData data(
      String output, Commit last, Instant made, Map<PartitionId, PartitionSnapshot> now) {
    Map<PartitionId, Long> lags =
        last == null || now == null ? lag.byPartition() : Lag.of(last, now);
    List<ReportData.Undecided> undecided =
        last == null ? List.of() : now == null ? Undecided.of(last) : Undecided.of(last, now);
    List<Partition> partitions = last == null ? List.of() : partitions(last, lags);
    int each = Math.max(1, (runs.size() + limits.points() - 1) / limits.points());
    Window all = new Window(each, RunSeries.of(runs, each), allHours.hours(limits.topics()));
    Window latest = null;
    if (each > 1 || allHours.hours() > 1) {
      List<Run> newest = runs.subList(Math.max(0, runs.size() - limits.points()), runs.size());
      latest = new Window(1, List.copyOf(newest), latestHours.hours(limits.topics()));
    }
    return new ReportData(
        output,
        made.toEpochMilli(),
        last == null ? null : last.load().toString(),
        last == null ? List.of() : last.bootstrapServers(),
        last == null ? null : last.cluster().clusterId(),
        totals(last, lags, now != null, undecided),
        latest,
        all,
        topics.entrySet().stream().map(e -> e.getValue().topic(e.getKey())).toList(),
        partitions,
        undecided.subList(0, Math.min(undecided.size(), limits.rows())),
        losses.newest(),
        losses.all(),
        changes.list(),
        changes.all(),
        sizes.sizes());
  }

  /** Of all that were ever loaded, in order; also tells the topics how many they have. */
  private List<Partition> partitions(Commit last, Map<PartitionId, Long> lags) {
    Map<PartitionId, Long> next = new TreeMap<>();
    for (Commit.Next entry : last.next()) {
      next.put(entry.id(), entry.offset());
    }
    next.keySet().forEach(this::map);
    for (PartitionId partition : offsets.keySet()) {
      topic(partition.topic()).partition(lags.get(partition));
    }
    List<String> names = List.copyOf(topics.keySet());
    Set<PartitionId> vanished = Set.copyOf(last.vanished());
    List<Partition> partitions = new ArrayList<>();
    offsets.forEach(
        (partition, map) -> {
          // A partition whose every commit was rolled back has no next offset.
          long offset = next.getOrDefault(partition, 0L);
          Long left = lags.get(partition);
          partitions.add(
              new Partition(
                  Collections.binarySearch(names, partition.topic()),
                  partition.partition(),
                  offset,
                  left == null ? null : offset + left,
                  vanished.contains(partition),
                  map.segments(),
                  map.marks()));
        });
    if (partitions.size() <= limits.partitions()) {
      return List.copyOf(partitions);
    }
    Comparator<Partition> order =
        Comparator.comparingInt(Partition::topic).thenComparingInt(Partition::partition);
    Comparator<Partition> worst =
        Comparator.comparingLong(ReportAssembly::missing)
            .thenComparingLong(p -> p.end() == null ? 0 : p.end() - p.offset())
            .reversed()
            .thenComparing(order);
    return partitions.stream().sorted(worst).limit(limits.partitions()).sorted(order).toList();
  }

  private static long missing(Partition partition) {
    return sum(partition.segments(), Segment::missing);
  }

  private Totals totals(
      Commit last,
      Map<PartitionId, Long> lags,
      boolean lagIsNow,
      List<ReportData.Undecided> undecided) {
    Collection<TopicSum> sums = topics.values();
    return new Totals(
        topics.size(),
        offsets.size(),
        runs.size(),
        landed,
        sums.stream().map(TopicSum::volume).reduce(Volume.NONE, Volume::plus),
        last == null ? null : runs.get(0).committed(),
        last == null ? null : millis(last.committed()),
        Lag.sum(lags.values()),
        lagIsNow,
        sum(undecided, u -> u.until() - u.from()),
        sums.stream().map(TopicSum::tally).reduce(OffsetTally.NONE, OffsetTally::plus),
        sum(sums, TopicSum::quarantined),
        late,
        sum(sums, TopicSum::skipped),
        rolledBackRuns,
        rolledBackRecords);
  }

  private TopicSum topic(String name) {
    return topics.computeIfAbsent(name, ignored -> new TopicSum());
  }

  private OffsetMap map(PartitionId partition) {
    return offsets.computeIfAbsent(partition, ignored -> new OffsetMap(segments));
  }

  private static <T> long sum(Collection<T> parts, ToLongFunction<T> number) {
    return parts.stream().mapToLong(number).sum();
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
