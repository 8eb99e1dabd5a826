package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.consumer.plan.ClusterIdentity;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.consumer.plan.LoadIdentity;
import io.kafkahdfs.offset.Checkpoint;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.AddedLater;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    Change change,
    List<Partition> partitions,
    List<File> files,
    List<Next> next,
    List<PartitionId> vanished) {
  /** The form that this version of the loader writes. */
  public static final int VERSION = 1;

  public Commit {
    bootstrapServers = List.copyOf(bootstrapServers);
    partitions = List.copyOf(partitions);
    files = List.copyOf(files);
    next = List.copyOf(next);
    vanished = List.copyOf(vanished);
  }

  /**
   * What became of a partition's offsets from {@code from} to {@code until}. Their number is the
   * sum of {@code written} to {@code lost}.
   *
   * @param removed the ranges that {@code lost} counts and that were known when the run was planned
   * @param records records in the files
   * @param bytes of the keys and values that were read
   */
  public record Partition(
      String topic,
      int partition,
      long from,
      long until,
      long written,
      long filtered,
      long bad,
      long invisible,
      long lost,
      List<Gap> removed,
      long records,
      long bytes) {
    public Partition {
      removed = List.copyOf(removed);
      if (written + filtered + bad + invisible + lost != until - from) {
        throw new IllegalArgumentException(
            topic
                + "-"
                + partition
                + ": the offsets from "
                + from
                + " to "
                + until
                + " do not add up");
      }
    }
  }

  /** Offsets that were removed, from the first one to the first one that is not. */
  public record Gap(long from, long until) {}

  /**
   * A file that was landed.
   *
   * @param staged where it was written, below the run's attempts
   * @param path where it stands, below the output root
   * @param bytes its length
   * @param crc32c the CRC-32C of all its bytes, 8 hexadecimal digits
   */
  public record File(
      String staged,
      String path,
      String topic,
      int partition,
      long firstOffset,
      long lastOffset,
      long records,
      long bytes,
      String crc32c) {}

  /**
   * What somebody changed by hand.
   *
   * @param why in their words
   * @param rollback null if offsets were set
   * @param offsets that were set; empty for a rollback
   */
  public record Change(String why, Rollback rollback, List<OffsetEdit> offsets) {
    public Change {
      offsets = List.copyOf(offsets);
    }
  }

  /**
   * The output went back to what an earlier commit had made of it.
   *
   * @param to the earlier commit's number
   * @param trashed files that went into the trash
   * @param restored files that came back from it
   */
  public record Rollback(long to, List<Move> trashed, List<Move> restored) {
    public Rollback {
      trashed = List.copyOf(trashed);
      restored = List.copyOf(restored);
    }
  }

  /**
   * A file that went into the trash or came back.
   *
   * @param path where it stands when it is not in the trash, below the output root
   * @param trash where it stands when it is, below the trash folder
   * @param bytes its length
   */
  public record Move(String path, String trash, long bytes) {}

  /**
   * A next offset that was set.
   *
   * @param from what it was; null if the partition was never loaded
   */
  public record OffsetEdit(String topic, int partition, Long from, long to) {}

  /**
   * Where the next run begins.
   *
   * @param end where the partition ended when the run was planned: what lies between {@code offset}
   *     and this was left for later runs; null if offsets were set by hand
   * @param bytesPerRecord bytes of key and value, as the last run saw it that read of the partition
   * @param fingerprint of the last record that was read before {@code offset}: the next run looks
   *     whether it still stands there; null if offsets were set by hand, or none was ever seen
   */
  public record Next(
      String topic,
      int partition,
      long offset,
      Long end,
      Double bytesPerRecord,
      @AddedLater RecordFingerprint fingerprint) {}

  /** The number of the commit whose output this one builds on; 0 for an empty output. */
  public long base() {
    return change != null && change.rollback() != null ? change.rollback().to() : number - 1;
  }

  /** What the next run's planner must know. */
  public History history() {
    Map<PartitionId, Long> offsets = new TreeMap<>();
    Map<PartitionId, Double> bytes = new TreeMap<>();
    Map<PartitionId, RecordFingerprint> fingerprints = new TreeMap<>();
    for (Next entry : next) {
      PartitionId partition = new PartitionId(entry.topic, entry.partition);
      offsets.put(partition, entry.offset);
      if (entry.bytesPerRecord != null) {
        bytes.put(partition, entry.bytesPerRecord);
      }
      if (entry.fingerprint != null) {
        fingerprints.put(partition, entry.fingerprint);
      }
    }
    return new History(Checkpoint.NONE.advancedTo(offsets), bytes, fingerprints);
  }
}
