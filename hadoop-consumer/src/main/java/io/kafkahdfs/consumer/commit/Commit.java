package io.kafkahdfs.consumer.commit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.consumer.plan.ClusterIdentity;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.consumer.plan.LoadIdentity;
import io.kafkahdfs.consumer.write.LateRecords;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.MayBeNull;
import io.kafkahdfs.state.StoredValue;
import java.util.List;
import java.util.Optional;

/**
 * What a run did, for ever: the files that it landed and the offsets where the next run begins
 * stand in one file, so they cannot disagree. Made for people to read.
 *
 * @param version of this form, {@link #VERSION}
 * @param number commits count from 1 on, without gaps
 * @param run the run's id
 * @param user who started it
 * @param host where
 * @param started when it began, ISO 8601
 * @param committed when it was committed, ISO 8601
 * @param bootstrapServers which cluster it asked
 * @param cluster which cluster it found there
 * @param load what was loaded
 * @param change what somebody changed by hand; null for a commit that landed records
 * @param partitions what became of every offset, by partition; those with nothing new left out
 * @param files the files that were landed
 * @param next where the next run begins, for all partitions that were ever loaded
 * @param vanished partitions that were loaded once and do not exist any more
 * @param leftOut what was in Kafka before the load began there and is not loaded, since {@code
 *     --start} says so; null in the other commits
 * @param begun the number of the commit from which on {@code next} has every partition that
 *     existed, so that one which is not in it was created later; null in commits of versions that
 *     left out those without records, and in those that go back to before the first run
 * @param late the records that came late for their folders; null if none
 * @param ties how it follows on earlier ones; null in commits of earlier forms
 */
public record Commit(
    int version,
    long number,
    String run,
    String user,
    String host,
    String started,
    String committed,
    List<String> bootstrapServers,
    ClusterIdentity cluster,
    LoadIdentity load,
    @MayBeNull ManualChange change,
    List<Partition> partitions,
    List<LandedFile> files,
    List<Next> next,
    List<PartitionId> vanished,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) List<LeftOut> leftOut,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Long begun,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) LateRecords late,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Ties ties) {
  /** The form that this version of the loader writes. */
  public static final int VERSION = 3;

  public Commit {
    bootstrapServers = List.copyOf(bootstrapServers);
    partitions = List.copyOf(partitions);
    files = List.copyOf(files);
    next = List.copyOf(next);
    vanished = List.copyOf(vanished);
    leftOut = leftOut == null || leftOut.isEmpty() ? null : List.copyOf(leftOut);
    if (number < 1
        || ManualChange.base(number, change) < 0
        || ManualChange.base(number, change) >= number) {
      throw new IllegalArgumentException(
          "commit " + number + " cannot build on commit " + ManualChange.base(number, change));
    }
    StoredValue.time("started", started);
    StoredValue.time("committed", committed);
    StoredValue.distinct("partitions", partitions, Partition::id);
    StoredValue.distinct("files", files, LandedFile::path);
    StoredValue.distinct("next", next, Next::id);
    StoredValue.distinct("vanished", vanished, partition -> partition);
    if (ties != null && ties.nextFrom() != null && ties.nextFrom() >= number) {
      throw new IllegalArgumentException(
          "commit " + number + " cannot have next offsets of commit " + ties.nextFrom());
    }
    if (change != null) {
      change.check(files);
    }
  }

  /** The same with other next offsets, and other ties. */
  Commit with(List<Next> offsets, Ties tied) {
    return new Commit(
        version,
        number,
        run,
        user,
        host,
        started,
        committed,
        bootstrapServers,
        cluster,
        load,
        change,
        partitions,
        files,
        offsets,
        vanished,
        leftOut,
        begun,
        late,
        tied);
  }

  /**
   * What became of a partition's offsets from {@code from} to {@code until}.
   *
   * @param removed the ranges that {@code lost} counts and that were known when the run was planned
   * @param records records in the files
   * @param bytes of the keys and values that were read
   * @param quarantined records in the files of the quarantine; null if none
   */
  public record Partition(
      String topic,
      int partition,
      long from,
      long until,
      @JsonUnwrapped OffsetTally tally,
      List<Gap> removed,
      long records,
      long bytes,
      @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Long quarantined) {
    public Partition {
      removed = List.copyOf(removed);
      OffsetRange range = new OffsetRange(new PartitionId(topic, partition), from, until);
      tally.check(range);
      StoredValue.notNegative(
          range.toString(), records, bytes, quarantined == null ? 0 : quarantined);
    }

    /** Nothing is in quarantine. */
    public Partition(
        String topic,
        int partition,
        long from,
        long until,
        OffsetTally tally,
        List<Gap> removed,
        long records,
        long bytes) {
      this(topic, partition, from, until, tally, removed, records, bytes, null);
    }

    /** How many records are in the files of the quarantine. */
    public long held() {
      return quarantined == null ? 0 : quarantined;
    }

    public PartitionId id() {
      return new PartitionId(topic, partition);
    }
  }

  /** Offsets that were there when the load began, and are not loaded. */
  public record LeftOut(String topic, int partition, long from, long until) {
    public LeftOut {
      if (new OffsetRange(new PartitionId(topic, partition), from, until).isEmpty()) {
        throw new IllegalArgumentException("from " + from + " to " + until + " is nothing");
      }
    }

    public PartitionId id() {
      return new PartitionId(topic, partition);
    }
  }

  /** Offsets that were removed, from the first one to the first one that is not. */
  public record Gap(long from, long until) {
    public Gap {
      if (from < 0 || until <= from) {
        throw new IllegalArgumentException("from " + from + " to " + until + " is no gap");
      }
    }
  }

  /**
   * Where the next run begins.
   *
   * @param end where what could be read ended when the run was planned: what lies between {@code
   *     offset} and this was left for later runs; null if offsets were set by hand
   * @param bytesPerRecord bytes of key and value, as the last run saw it that read of the partition
   * @param fingerprint of the last record that was read before {@code offset}: the next run looks
   *     whether it still stands there; null if offsets were set by hand, or none was ever seen
   * @param undecided how many offsets from {@code end} on were written and could not be read, since
   *     a transaction was neither committed nor aborted; null if none
   * @param undecidedSince when a run first saw that, ISO 8601; null if nothing was undecided
   */
  public record Next(
      String topic,
      int partition,
      long offset,
      @MayBeNull Long end,
      @MayBeNull Double bytesPerRecord,
      @AddedLater RecordFingerprint fingerprint,
      @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Long undecided,
      @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) String undecidedSince) {
    public Next {
      PartitionId id = new PartitionId(topic, partition);
      StoredValue.notNegative(id.toString(), offset, end == null ? 0 : end);
      if (bytesPerRecord != null && !(bytesPerRecord > 0 && Double.isFinite(bytesPerRecord))) {
        throw new IllegalArgumentException(id + " has " + bytesPerRecord + " bytes per record");
      }
      if (fingerprint != null && fingerprint.offset() >= offset) {
        throw new IllegalArgumentException(
            id + " resumes at " + offset + " and not behind " + fingerprint.offset());
      }
      StoredValue.notNegative(id.toString(), undecided == null ? 0 : undecided);
      StoredValue.time(id.toString(), undecidedSince);
    }

    /** Nothing is undecided. */
    public Next(
        String topic,
        int partition,
        long offset,
        Long end,
        Double bytesPerRecord,
        RecordFingerprint fingerprint) {
      this(topic, partition, offset, end, bytesPerRecord, fingerprint, null, null);
    }

    public PartitionId id() {
      return new PartitionId(topic, partition);
    }
  }

  /** What the output holds after it; empty in commits of earlier forms. */
  public Optional<Holding> holding() {
    return Optional.ofNullable(ties).map(Ties::holding);
  }

  /** The commit that has the next offsets which are not in this one; empty if all are. */
  Optional<Long> nextFrom() {
    return Optional.ofNullable(ties).map(Ties::nextFrom);
  }

  /** How many of its records came late for their folders. */
  public long lateRecords() {
    return late == null ? 0 : late.records();
  }

  /** The rollback that this commit is, if it is one. */
  public Optional<Rollback> rollback() {
    return Optional.ofNullable(change).map(ManualChange::rollback);
  }

  /** The files that left by it on purpose. */
  public List<LeavingFile> forgotten() {
    return change == null || change.forgotten() == null ? List.of() : change.forgotten().files();
  }

  /** The files that were merged into its own. */
  public List<LeavingFile> compacted() {
    return change == null || change.compacted() == null ? List.of() : change.compacted().files();
  }

  /** The files that were missing or had to make room, and whose records are in its own. */
  public List<LeavingFile> repaired() {
    return change == null || change.repaired() == null ? List.of() : change.repaired().files();
  }

  /** The files whose records are in its own: merged, or loaded again. */
  public List<LeavingFile> replaced() {
    return change == null ? List.of() : change.replaced();
  }

  /** The files that left by it, one way or the other; for a rollback see there. */
  List<LeavingFile> leaving() {
    return replaced().isEmpty() ? forgotten() : replaced();
  }

  /** What goes into the trash by it. */
  public List<Rollback.Move> trashed() {
    return rollback()
        .map(Rollback::trashed)
        .orElseGet(() -> leaving().stream().flatMap(file -> file.move().stream()).toList());
  }

  /** The folders of the trash that this commit removes. */
  public List<String> purged() {
    return change == null || change.purged() == null ? List.of() : change.purged();
  }

  /** The number of the commit whose output this one builds on; 0 for an empty output. */
  public long base() {
    return ManualChange.base(number, change);
  }

  /** What the next run's planner must know. */
  public History history() {
    return CommitHistory.of(this);
  }
}
