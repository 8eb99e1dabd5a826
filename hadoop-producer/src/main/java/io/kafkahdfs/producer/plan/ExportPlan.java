package io.kafkahdfs.producer.plan;

import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.Sha256;
import io.kafkahdfs.state.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * All that an export was planned to do, saved before anything is sent. Every run of it follows it
 * to the letter.
 *
 * @param export the export's id
 * @param user who planned it
 * @param host where
 * @param started when, ISO 8601
 * @param bootstrapServers which cluster it sends to
 * @param identity what it exports
 * @param guarantee what it promises
 * @param topics those that are known to be sent to
 * @param splits which task sends what
 * @param sender what the transactional ids of its splits begin with: no other plan has the same,
 *     not even one of the same export that keeps its state elsewhere; null in plans of earlier
 *     versions
 * @param target the topics as they were; null in plans of earlier versions
 * @param leftOpen the files that are no part of it because they were still being written
 * @param round names the folder of what it does, and its receipt: the run that planned it; null in
 *     plans of earlier versions
 */
public record ExportPlan(
    String export,
    String user,
    String host,
    String started,
    List<String> bootstrapServers,
    ExportIdentity identity,
    Guarantee guarantee,
    List<String> topics,
    List<PlannedSplit> splits,
    @AddedLater String sender,
    @AddedLater TargetNote target,
    @AddedLater List<String> leftOpen,
    @AddedLater String round) {
  /** Of progress in Kafka: {@code offsets.retention.minutes} by default, before Kafka 2.0. */
  private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);

  private static final int SENDER_DIGITS = 10;

  public ExportPlan {
    bootstrapServers = List.copyOf(bootstrapServers);
    topics = List.copyOf(topics);
    splits = List.copyOf(splits);
    leftOpen = leftOpen == null ? List.of() : List.copyOf(leftOpen);
    StoredValue.distinct("splits", splits, PlannedSplit::index);
    StoredValue.name("export", export);
    if (sender != null) {
      StoredValue.name("sender", sender);
    }
    StoredValue.time("started", started);
    if (round != null) {
      StoredValue.name("round", round);
    }
  }

  /**
   * What transactional ids begin with.
   *
   * @param state the folder that keeps the export's state
   * @param run the run that plans
   */
  public static String sender(String export, String state, String run) {
    return export + "-" + Sha256.hex(state + "\n" + run, SENDER_DIGITS);
  }

  /** The same plan, with how its target is. */
  public ExportPlan with(TargetNote newTarget) {
    return new ExportPlan(
        export,
        user,
        host,
        started,
        bootstrapServers,
        identity,
        guarantee,
        topics,
        splits,
        sender,
        newTarget,
        leftOpen,
        round);
  }

  /** The id under which a split's records are sent, and its progress is kept. */
  public String transactionalId(int split) {
    return (sender == null ? export : sender) + "-" + split;
  }

  /**
   * Whether a split that nobody knows anything of has not begun. Plans of earlier versions left no
   * note of that, and Kafka may have forgotten their progress after a day.
   */
  public boolean notesBeginnings(Instant now) {
    return sender != null || Instant.parse(started).plus(SHORTEST_RETENTION).isAfter(now);
  }

  /** The files of all splits, by path. */
  public Collection<InputFile> files() {
    TreeSet<InputFile> files = new TreeSet<>(java.util.Comparator.comparing(InputFile::path));
    splits.forEach(split -> split.parts().forEach(part -> files.add(part.file())));
    return files;
  }

  public long bytes() {
    return splits.stream().mapToLong(PlannedSplit::bytes).sum();
  }
}
