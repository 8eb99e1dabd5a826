package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.console.Table;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.Holding;
import io.kafkahdfs.consumer.plan.History;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.LoadLock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a load stands, for programs and for people.
 *
 * @param load what it loads, as options; null before its first commit
 * @param bootstrapServers the cluster that the last run asked
 * @param clusterId null where brokers have none, or before the first commit
 * @param secondsSinceCommit null before the first commit
 * @param latest the last commits, the last one first
 * @param commits how many commits there are
 * @param unpublished commits whose files do not all stand in their places yet
 * @param records in the files that stand, those of the quarantine not counted
 * @param bytes of these files
 * @param files how many stand
 * @param quarantined bad records that were put aside, in files that stand
 * @param forgotten how many files left on purpose, those of the quarantine not counted
 * @param forgottenRecords in those
 * @param trashedFiles how many files are in the trash
 * @param lock who runs it now; null if nobody does
 * @param partitions where the next run begins
 */
record Status(
    String output,
    String load,
    List<String> bootstrapServers,
    String clusterId,
    Long secondsSinceCommit,
    List<HistoryEntry> latest,
    long commits,
    List<Long> unpublished,
    long records,
    long bytes,
    long files,
    long quarantined,
    long forgotten,
    long forgottenRecords,
    long trashedFiles,
    long trashedBytes,
    Lock lock,
    List<Partition> partitions) {
  /** How many commits it shows. */
  static final int LATEST = 3;

  record Lock(String run, String user, String host, long pid, String since, boolean alive) {}

  /**
   * @param first the first offset that Kafka still has; null if it was not asked or has not
   *     answered
   * @param end where what can be read ends in Kafka; likewise
   * @param lag offsets between {@code next} and {@code end}; null also if the partition ends before
   *     {@code next}, so that it cannot be what was loaded
   * @param removed offsets from {@code next} on that retention has removed already
   * @param highWatermark where what is written ends in Kafka; null as {@code first}
   * @param undecided offsets from {@code end} on, which cannot be read since a transaction is
   *     neither committed nor aborted
   * @param undecidedSince when a run first saw that, ISO 8601; null if none did yet
   */
  record Partition(
      String topic,
      int partition,
      long next,
      Long first,
      Long end,
      Long lag,
      Long removed,
      Long highWatermark,
      Long undecided,
      String undecidedSince) {
    static Partition of(
        PartitionId partition, long next, PartitionSnapshot described, History history) {
      if (described == null) {
        return new Partition(
            partition.topic(),
            partition.partition(),
            next,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
      }
      OffsetRange available = described.readable();
      return new Partition(
          partition.topic(),
          partition.partition(),
          next,
          available.from(),
          available.until(),
          available.until() < next ? null : available.until() - next,
          Math.max(0, available.from() - next),
          described.highWatermark(),
          described.undecided(),
          described.undecided() == 0
              ? null
              : history.undecidedSince(partition, available.until()).orElse(null));
    }
  }

  /**
   * @param latest the last commits, in their order
   * @param trash what is in it
   */
  static Status of(
      String output,
      List<Commit> latest,
      Holding holding,
      List<Long> unpublished,
      FolderContent trash,
      Optional<LoadLock.Holder> holder,
      Map<PartitionId, PartitionSnapshot> described,
      Instant now) {
    Optional<Commit> last =
        latest.isEmpty() ? Optional.empty() : Optional.of(latest.get(latest.size() - 1));
    List<HistoryEntry> history = new ArrayList<>(HistoryEntry.of(latest));
    Collections.reverse(history);
    History left = last.map(Commit::history).orElse(History.NONE);
    List<Partition> partitions = new ArrayList<>();
    left.checkpoint()
        .nextOffsets()
        .forEach(
            (partition, next) ->
                partitions.add(Partition.of(partition, next, described.get(partition), left)));
    return new Status(
        output,
        last.map(commit -> commit.load().toString()).orElse(null),
        last.map(Commit::bootstrapServers).orElse(List.of()),
        last.map(commit -> commit.cluster().clusterId()).orElse(null),
        last.map(commit -> Duration.between(Instant.parse(commit.committed()), now).toSeconds())
            .orElse(null),
        history,
        last.map(Commit::number).orElse(0L),
        unpublished,
        holding.records(),
        holding.bytes(),
        holding.files(),
        holding.quarantined(),
        holding.forgottenFiles(),
        holding.forgottenRecords(),
        trash.files(),
        trash.bytes(),
        holder.map(Status::lock).orElse(null),
        partitions);
  }

  private static Lock lock(LoadLock.Holder holder) {
    LoadLock.Owner owner = holder.owner();
    return new Lock(
        owner.run(), owner.user(), owner.host(), owner.pid(), owner.since(), holder.alive());
  }

  /** For the console. */
  String text() {
    StringBuilder text = new StringBuilder("Output:       " + output + "\n");
    if (load == null) {
      text.append("Nothing was ever committed here.\n");
    } else {
      text.append("Load:         ").append(load).append('\n');
      text.append("Cluster:      ").append(String.join(",", bootstrapServers));
      text.append(clusterId == null ? "" : " (" + clusterId + ")").append('\n');
      text.append("Last commit:  ").append(latest.get(0).number()).append(", ");
      text.append(Amounts.span(Duration.ofSeconds(Math.max(0, secondsSinceCommit))));
      text.append(" ago\n");
      text.append(
          "Holds:        %s records in %s files, %s%n"
              .formatted(Amounts.count(records), Amounts.count(files), Amounts.bytes(bytes)));
    }
    if (quarantined > 0) {
      text.append("Quarantine:   ").append(Amounts.count(quarantined));
      text.append(" bad records (cat --quarantine shows them)\n");
    }
    if (forgotten > 0) {
      text.append(
          "Forgotten:    %s files with %s records%n"
              .formatted(Amounts.count(forgotten), Amounts.count(forgottenRecords)));
    }
    text.append("Running now:  ").append(lockText()).append('\n');
    if (!unpublished.isEmpty()) {
      text.append("Unpublished:  ").append(unpublished);
      text.append(": the next run, or recover, puts their files into place\n");
    }
    if (trashedFiles > 0) {
      text.append(
          "Trash:        %s files, %s (purge empties it)%n"
              .formatted(Amounts.count(trashedFiles), Amounts.bytes(trashedBytes)));
    }
    if (!latest.isEmpty()) {
      text.append('\n').append(HistoryEntry.table(latest));
    }
    if (!partitions.isEmpty()) {
      text.append('\n').append(partitionTable());
    }
    for (Partition partition : partitions) {
      if (partition.undecided != null && partition.undecided > 0) {
        text.append(undecidedText(partition));
      }
    }
    return text.toString();
  }

  private String undecidedText(Partition partition) {
    return "Undecided:    %s-%d [%d, %d), %s; look with kafka-transactions.sh --bootstrap-server %s find-hanging --topic %s --partition %d%n"
        .formatted(
            partition.topic,
            partition.partition,
            partition.end,
            partition.highWatermark,
            partition.undecidedSince == null
                ? "not seen by a run yet"
                : "first seen " + partition.undecidedSince,
            String.join(",", bootstrapServers),
            partition.topic,
            partition.partition);
  }

  private String lockText() {
    if (lock == null) {
      return "nobody";
    }
    return "run %s of %s on %s (process %d) since %s%s"
        .formatted(
            lock.run,
            lock.user,
            lock.host,
            lock.pid,
            lock.since,
            lock.alive ? "" : "; it seems dead, and the next run takes over");
  }

  private String partitionTable() {
    Table table =
        new Table(
            "topic",
            "partition",
            "next",
            "first in Kafka",
            "end in Kafka",
            "lag",
            "undecided",
            "removed");
    for (Partition partition : partitions) {
      table.row(
          partition.topic,
          partition.partition,
          partition.next,
          orUnknown(partition.first),
          orUnknown(partition.end),
          orUnknown(partition.lag),
          orUnknown(partition.undecided),
          orUnknown(partition.removed));
    }
    return table.toString();
  }

  private static Object orUnknown(Long number) {
    return number == null ? "-" : number;
  }
}
