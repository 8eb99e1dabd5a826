package io.kafkahdfs.consumer.upkeep;

import static io.kafkahdfs.consumer.report.Commits.Range.of;
import static io.kafkahdfs.consumer.report.Commits.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.Holding;
import io.kafkahdfs.consumer.report.Commits;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.LoadLock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTest {
  private static final Instant NOW = START.plusSeconds(3 * 3600);
  private static final PartitionId EVENTS = new PartitionId("events", 0);
  private static final PartitionId OTHER = new PartitionId("other", 0);

  private final Commits commits = new Commits();

  private Status status(Holding holding, Map<PartitionId, PartitionSnapshot> described) {
    List<Commit> all = commits.list();
    return Status.of(
        "/out",
        all.subList(Math.max(0, all.size() - Status.LATEST), all.size()),
        holding,
        List.of(),
        new FolderContent(1, 5_000),
        Optional.empty(),
        described,
        NOW);
  }

  private Status status() {
    return status(Holding.NOTHING, Map.of());
  }

  private static Map<PartitionId, PartitionSnapshot> inKafka(long from, long until, long written) {
    return Map.of(
        EVENTS,
        new PartitionSnapshot(Optional.empty(), new OffsetRange(EVENTS, from, until), written));
  }

  @Test
  void beforeItsFirstCommitALoadHoldsNothing() {
    Status status = status();

    assertThat(status.load()).isNull();
    assertThat(status.secondsSinceCommit()).isNull();
    assertThat(status.commits()).isZero();
    assertThat(status.partitions()).isEmpty();
    assertThat(status.text()).contains("Nothing was ever committed here.", "Running now:  nobody");
  }

  @Test
  void itHoldsWhatStands() {
    commits.land(0, 10, of("events", 0, 100), of("other", 0, 5));
    commits.land(60, 10, of("events", 0, 50));
    Status status = status(new Holding(3, 155, 15_500, 0, 0, 0), Map.of());

    assertThat(status.secondsSinceCommit()).isEqualTo(2 * 3600 - 10);
    assertThat(status.commits()).isEqualTo(2);
    assertThat(status.records()).isEqualTo(155);
    assertThat(status.bytes()).isEqualTo(15_500);
    assertThat(status.files()).isEqualTo(3);
    assertThat(status.partitions())
        .extracting(Status.Partition::topic, Status.Partition::next)
        .containsExactly(tuple("events", 150L), tuple("other", 5L));
    assertThat(status.text()).contains("155 records in 3 files");
  }

  @Test
  void whatWasRolledBackIsInTheTrash() {
    commits.land(0, 10, of("events", 0, 100));
    commits.land(60, 10, of("events", 0, 50));
    commits.land(60, 10, of("events", 0, 50));
    commits.rollBack(70, 1, "wrong");

    assertThat(status().latest())
        .extracting(HistoryEntry::number, HistoryEntry::stands)
        .containsExactly(tuple(4L, true), tuple(3L, false), tuple(2L, false));
    assertThat(status().trashedFiles()).isEqualTo(1);
    assertThat(status().text()).contains("Trash:        1 files, 4.9 KiB");
    assertThat(status().partitions().get(0).next()).isEqualTo(100);
  }

  @Test
  void theLatestCommitsComeLastFirst() {
    for (int i = 0; i < 5; i++) {
      commits.land(i, 1, of("events", 0, 1));
    }
    assertThat(status().latest()).extracting(HistoryEntry::number).containsExactly(5L, 4L, 3L);
  }

  @Test
  void kafkaSaysHowFarBehindItIs() {
    commits.land(0, 10, of("events", 0, 100), of("other", 0, 5));
    List<Status.Partition> partitions = status(Holding.NOTHING, inKafka(20, 130, 130)).partitions();

    assertThat(partitions.get(0).lag()).isEqualTo(30);
    assertThat(partitions.get(0).removed()).isZero();
    assertThat(partitions.get(0).undecided()).isZero();
    assertThat(partitions.get(0).undecidedSince()).isNull();
    assertThat(partitions.get(1).lag()).as("it was not asked for %s", OTHER).isNull();
    assertThat(partitions.get(1).first()).isNull();
  }

  @Test
  void whatRetentionTookOfTheLagIsTold() {
    commits.land(0, 10, of("events", 0, 100));

    assertThat(status(Holding.NOTHING, inKafka(107, 130, 130)).partitions().get(0).removed())
        .isEqualTo(7);
  }

  @Test
  void aPartitionThatEndsBeforeItsCheckpointHasNoLag() {
    commits.land(0, 10, of("events", 0, 100));
    Status.Partition partition = status(Holding.NOTHING, inKafka(0, 40, 40)).partitions().get(0);

    assertThat(partition.lag()).isNull();
    assertThat(partition.end()).isEqualTo(40);
  }

  @Test
  void whatIsUndecidedIsToldWithTheTimeWhenARunFirstSawIt() {
    commits.land(0, 10, of("events", 0, 100).undecided(3));
    Status seen = status(Holding.NOTHING, inKafka(0, 100, 103));
    Status another = status(Holding.NOTHING, inKafka(0, 110, 112));

    assertThat(seen.partitions().get(0).undecided()).isEqualTo(3);
    assertThat(seen.partitions().get(0).undecidedSince()).isEqualTo(START.toString());
    assertThat(seen.text())
        .contains("events-0 [100, 103), first seen " + START, "broker1:9092,broker2:9092");
    assertThat(another.partitions().get(0).undecidedSince()).isNull();
    assertThat(another.text()).contains("events-0 [110, 112), not seen by a run yet");
  }

  @Test
  void whoRunsItAndWhatIsNotPublishedIsTold() {
    commits.land(0, 10, of("events", 0, 100));
    LoadLock.Owner owner = new LoadLock.Owner("r1", "etl", "edge", 77, 0, "2026-03-01T01:00:00Z");
    Status status =
        Status.of(
            "/out",
            commits.list(),
            Holding.NOTHING,
            List.of(1L),
            FolderContent.NOTHING,
            Optional.of(new LoadLock.Holder(owner, false)),
            Map.of(),
            NOW);

    assertThat(status.lock())
        .isEqualTo(new Status.Lock("r1", "etl", "edge", 77, "2026-03-01T01:00:00Z", false));
    assertThat(status.unpublished()).containsExactly(1L);
    assertThat(status.text())
        .contains(
            "run r1 of etl on edge (process 77)", "it seems dead, and the next run takes over");
  }
}
