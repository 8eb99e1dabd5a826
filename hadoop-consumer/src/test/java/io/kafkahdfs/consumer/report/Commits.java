package io.kafkahdfs.consumer.report;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.ManualChange;
import io.kafkahdfs.consumer.commit.Rollback;
import io.kafkahdfs.consumer.plan.ClusterIdentity;
import io.kafkahdfs.consumer.plan.LoadIdentity;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the commits of a load, as runs make them. */
public final class Commits {
  public static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final List<Commit> commits = new ArrayList<>();
  private final Map<PartitionId, Commit.Next> next = new TreeMap<>();

  /** What a run makes of a partition. */
  public record Range(
      PartitionId partition,
      OffsetTally tally,
      long held,
      long left,
      long undecided,
      long fileBytes) {
    public static Range of(String topic, int partition, long written) {
      return new Range(
          new PartitionId(topic, partition),
          new OffsetTally(written, 0, 0, 0, 0),
          0,
          0,
          0,
          100 * written);
    }

    private Range with(OffsetTally more) {
      return new Range(partition, tally.plus(more), held, left, undecided, fileBytes);
    }

    public Range filtered(long count) {
      return with(new OffsetTally(0, count, 0, 0, 0));
    }

    public Range bad(long count) {
      return with(new OffsetTally(0, 0, count, 0, 0));
    }

    /** Bad, and put aside. */
    public Range quarantined(long count) {
      return new Range(
          partition,
          tally.plus(new OffsetTally(0, 0, count, 0, 0)),
          held + count,
          left,
          undecided,
          fileBytes);
    }

    public Range invisible(long count) {
      return with(new OffsetTally(0, 0, 0, count, 0));
    }

    /** Removed at the range's beginning. */
    public Range lost(long count) {
      return with(OffsetTally.ofLost(count));
    }

    /** Not read by this run. */
    public Range left(long count) {
      return new Range(partition, tally, held, count, undecided, fileBytes);
    }

    /** Written by a transaction that is open. */
    public Range undecided(long count) {
      return new Range(partition, tally, held, left, count, fileBytes);
    }

    public Range file(long bytes) {
      return new Range(partition, tally, held, left, undecided, bytes);
    }
  }

  public List<Commit> list() {
    return List.copyOf(commits);
  }

  public Commit last() {
    return commits.get(commits.size() - 1);
  }

  /**
   * A run that lands something, for each record 200 bytes are read.
   *
   * @param minutes after {@link #START} it began
   * @param seconds it took
   */
  public Commits land(long minutes, double seconds, Range... ranges) {
    List<Commit.Partition> partitions = new ArrayList<>();
    List<LandedFile> files = new ArrayList<>();
    for (Range range : ranges) {
      PartitionId id = range.partition;
      long from = next.containsKey(id) ? next.get(id).offset() : 0;
      long lost = range.tally.lost();
      long until = from + range.tally.total();
      partitions.add(
          new Commit.Partition(
              id.topic(),
              id.partition(),
              from,
              until,
              range.tally,
              lost == 0 ? List.of() : List.of(new Commit.Gap(from, from + lost)),
              range.tally.written(),
              200 * range.tally.read(),
              range.held == 0 ? null : range.held));
      if (range.tally.written() > 0) {
        String path = id.topic() + "/" + id + "-" + from + "-" + (until - 1) + ".avro";
        files.add(
            new LandedFile(
                "attempt/" + path,
                path,
                List.of(
                    new LandedFile.Part(
                        id.topic(), id.partition(), from, until - 1, range.tally.written())),
                range.fileBytes,
                "00000000"));
      }
      next.put(
          id,
          new Commit.Next(
              id.topic(),
              id.partition(),
              until,
              until + range.left,
              200.0,
              null,
              range.undecided == 0 ? null : range.undecided,
              range.undecided == 0 ? null : START.toString()));
    }
    Instant started = START.plusSeconds(60 * minutes);
    return add(started, started.plusMillis((long) (1000 * seconds)), null, partitions, files);
  }

  /** What an earlier commit has made of it, again. */
  public Commits rollBack(long minutes, long to, String why) {
    List<Rollback.Move> trashed = new ArrayList<>();
    for (Commit commit : commits.subList((int) to, commits.size())) {
      commit.files().forEach(f -> trashed.add(new Rollback.Move(f.path(), f.path(), f.bytes())));
    }
    next.clear();
    if (to > 0) {
      for (Commit.Next entry : commits.get((int) to - 1).next()) {
        next.put(entry.id(), entry);
      }
    }
    return change(
        minutes,
        new ManualChange(why, new Rollback(to, trashed, List.of(), true, List.of()), List.of()));
  }

  /** The next offset, set by hand. */
  public Commits set(long minutes, PartitionId id, long to, String why) {
    Commit.Next before = next.get(id);
    next.put(id, new Commit.Next(id.topic(), id.partition(), to, null, 200.0, null));
    Long from = before == null ? null : before.offset();
    ManualChange.OffsetEdit edit =
        new ManualChange.OffsetEdit(id.topic(), id.partition(), from, to);
    return change(minutes, new ManualChange(why, null, List.of(edit)));
  }

  private Commits change(long minutes, ManualChange change) {
    Instant time = START.plusSeconds(60 * minutes);
    return add(time, time.plusSeconds(1), change, List.of(), List.of());
  }

  private Commits add(
      Instant started,
      Instant committed,
      ManualChange change,
      List<Commit.Partition> partitions,
      List<LandedFile> files) {
    List<String> topics = next.keySet().stream().map(PartitionId::topic).distinct().toList();
    commits.add(
        new Commit(
            Commit.VERSION,
            commits.size() + 1,
            "run-" + (commits.size() + 1),
            "etl",
            "edge1",
            started.toString(),
            committed.toString(),
            List.of("broker1:9092", "broker2:9092"),
            new ClusterIdentity(Generation.MODERN, "q1Sh-9_ISia_zwGINzRvyQ", new TreeMap<>(), null),
            new LoadIdentity(topics, null, null, "avro"),
            change,
            partitions,
            files,
            List.copyOf(next.values()),
            List.of(),
            null,
            1L,
            null,
            null));
    return this;
  }
}
