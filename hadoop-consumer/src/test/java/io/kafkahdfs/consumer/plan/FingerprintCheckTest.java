package io.kafkahdfs.consumer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.Checkpoint;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FingerprintCheckTest {
  private static final PartitionId FIRST = new PartitionId("events", 0);
  private static final PartitionId SECOND = new PartitionId("events", 1);
  private static final ReadSettings READING = new ReadSettings(1 << 20, 1 << 20, 1);
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private InMemoryCluster cluster = new InMemoryCluster(Generation.LEGACY);

  private void fill(Generation generation) {
    cluster = new InMemoryCluster(generation);
    create();
  }

  private void create() {
    cluster.createTopic("events", 2);
    send(FIRST, "old", 10);
    send(SECOND, "old", 10);
  }

  private void send(PartitionId partition, String value, int records) {
    for (int i = 0; i < records; i++) {
      cluster.append(partition, NOON, TestRecord.of("k", value + i));
    }
  }

  private OffsetPlan plan(History history) throws IOException {
    return plan(history, new StartPolicy.Earliest());
  }

  private OffsetPlan plan(History history, StartPolicy start) throws IOException {
    TopicsSnapshot topics = cluster.describe(TopicFilter.of("events"));
    OffsetPlan plan =
        new OffsetPlanner(
                cluster,
                TopicFilter.of("events"),
                new PlanPolicy(start, new EndPolicy.Latest(), Tolerance.SKIP, RunLimits.NONE))
            .plan(topics, history, "2026-01-31T02:00:00Z");
    return new FingerprintCheck(cluster, READING).check(plan, topics, history);
  }

  /** What a run leaves that has read all that is there. */
  private History loaded() throws IOException {
    Map<PartitionId, Long> next = new TreeMap<>();
    Map<PartitionId, Long> last = new TreeMap<>();
    cluster
        .describe(TopicFilter.of("events"))
        .readable()
        .forEach(
            (partition, range) -> {
              next.put(partition, range.until());
              last.put(partition, range.until() - 1);
            });
    Map<PartitionId, RecordFingerprint> fingerprints = new HashMap<>();
    cluster
        .look(last, READING)
        .forEach((partition, look) -> fingerprints.put(partition, look.record()));
    return new History(
        Checkpoint.NONE.advancedTo(next), Map.of(), fingerprints, Optional.empty(), Map.of());
  }

  private static History without(History history) {
    return new History(history.checkpoint(), Map.of(), Map.of(), Optional.empty(), Map.of());
  }

  private void isRefused(History history, PartitionId... partitions) {
    assertThatThrownBy(() -> plan(history))
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE))
        .hasMessageContaining("Another record stands where the last one that landed stood")
        .hasMessageContaining(partitions[0] + " at offset 9 (was CRC-32C ")
        .hasMessageContaining("--exclude")
        .hasMessageContaining("new --output")
        .hasMessageContaining("set-offsets --offset events:" + partitions[0].partition() + ":10");
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void whatWasNotTouchedGoesOn(Generation generation) throws IOException {
    fill(generation);
    History history = loaded();
    send(SECOND, "new", 5);

    OffsetPlan plan = plan(history);
    assertThat(plan.offsets()).isEqualTo(5);
    assertThat(plan.check()).isEqualTo(FingerprintCheck.Result.NONE);
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void aTopicMadeAnewWithMoreRecordsIsRefused(Generation generation) throws IOException {
    fill(generation);
    History history = loaded();
    cluster.deleteTopic("events");
    cluster.createTopic("events", 2);
    send(FIRST, "other", 30);
    send(SECOND, "other", 30);

    isRefused(history, FIRST, SECOND);
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void aTopicMadeAnewWithJustAsManyRecordsIsRefused(Generation generation) throws IOException {
    fill(generation);
    History history = loaded();
    cluster.deleteTopic("events");
    cluster.createTopic("events", 2);
    send(FIRST, "other", 10);
    send(SECOND, "other", 10);

    isRefused(history, FIRST, SECOND);
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void recordsThatTookThePlacesOfLostOnesAreFound(Generation generation) throws IOException {
    fill(generation);
    History history = loaded();
    cluster.truncate(SECOND, 4);
    send(SECOND, "other", 20);

    isRefused(history, SECOND);
    assertThatThrownBy(() -> plan(history)).hasMessageNotContaining(FIRST.toString());
  }

  @Test
  void theSameRecordFromAnotherLeaderIsAnother() throws IOException {
    fill(Generation.MODERN);
    History history = loaded();
    cluster.truncate(SECOND, 9);
    cluster.append(SECOND, NOON, TestRecord.of("k", "old9"));

    assertThatThrownBy(() -> plan(history))
        .hasMessageContaining("leader epoch 0; is ")
        .hasMessageContaining("leader epoch 1)");
  }

  @Test
  void anotherTimestampMakesAnotherRecord() throws IOException {
    fill(Generation.MODERN);
    History history = loaded();
    cluster.deleteTopic("events");
    cluster.createTopic("events", 2);
    for (PartitionId partition : new PartitionId[] {FIRST, SECOND}) {
      for (int i = 0; i < 10; i++) {
        cluster.append(partition, NOON.plusMillis(1), TestRecord.of("k", "old" + i));
      }
    }

    isRefused(history, FIRST, SECOND);
    assertThatThrownBy(() -> plan(history))
        .hasMessageContaining("timestamp 2026-01-31T12:00:00Z")
        .hasMessageContaining("timestamp 2026-01-31T12:00:00.001Z");
  }

  @Test
  void whatOlderBrokersDidNotKeepIsNoDifference() throws IOException {
    fill(Generation.LEGACY);
    History history = loaded();
    fill(Generation.MODERN);

    assertThat(plan(history).check()).isEqualTo(FingerprintCheck.Result.NONE);
  }

  @Test
  void whatRetentionTookCannotBeSeen() throws IOException {
    fill(Generation.LEGACY);
    History history = loaded();
    send(FIRST, "new", 5);
    cluster.removeBefore(FIRST, 10);

    OffsetPlan plan = plan(history);
    assertThat(plan.offsets()).isEqualTo(5);
    assertThat(FingerprintCheck.text(plan.check().unchecked()))
        .contains("Could not check", "events-0 (offset 9: retention removed it)")
        .doesNotContain("events-1");
  }

  @Test
  void whatCompactionTookCannotBeSeenAndTheNextOneIsKept() throws IOException {
    fill(Generation.LEGACY);
    History history = loaded();
    History earlier =
        new History(
            history.checkpoint(),
            Map.of(),
            Map.of(FIRST, new RecordFingerprint(7, "00000000", -1, -1)),
            Optional.empty(),
            Map.of());
    cluster.tools().awaitCompaction(FIRST);

    FingerprintCheck.Result check = plan(earlier).check();
    assertThat(FingerprintCheck.text(check.unchecked()))
        .contains("events-0 (offset 7: compaction removed it)")
        .contains("events-1 (the last commit knows no record of it)");
    assertThat(check.marksByPartition()).isEqualTo(history.fingerprints());
  }

  @Test
  void aDamagedRecordCannotBeSeen() throws IOException {
    fill(Generation.LEGACY);
    History history = loaded();
    cluster.damage(FIRST, 9);

    assertThat(plan(history).check().unchecked())
        .extracting(FingerprintCheck.Unchecked::why)
        .containsExactly("it is damaged");
  }

  @Test
  void commitsOfEarlierVersionsAreReadOnAndProtectedFromThenOn() throws IOException {
    fill(Generation.LEGACY);
    History history = loaded();
    send(FIRST, "new", 5);

    OffsetPlan plan = plan(without(history));
    assertThat(plan.offsets()).isEqualTo(5);
    assertThat(plan.check().marksByPartition()).isEqualTo(history.fingerprints());
    assertThat(plan.check().unchecked()).hasSize(2);
  }

  @Test
  void aFirstRunThatBeginsAtTheEndKnowsWhereThatWas() throws IOException {
    fill(Generation.LEGACY);

    FingerprintCheck.Result check = plan(History.NONE, new StartPolicy.Latest()).check();
    assertThat(check.marksByPartition()).isEqualTo(loaded().fingerprints());
    assertThat(check.unchecked()).isEmpty();
  }

  @Test
  void aFirstRunFromTheBeginningHasNothingToLookAt() throws IOException {
    fill(Generation.LEGACY);
    cluster.removeBefore(FIRST, 3);

    assertThat(plan(History.NONE).check()).isEqualTo(FingerprintCheck.Result.NONE);
  }

  @Test
  void ofManyPartitionsAMessageNamesSome() throws IOException {
    cluster.createTopic("events", 40);
    for (int i = 0; i < 40; i++) {
      send(new PartitionId("events", i), "old", 10);
    }
    History history = loaded();
    cluster.deleteTopic("events");
    cluster.createTopic("events", 40);
    for (int i = 0; i < 40; i++) {
      send(new PartitionId("events", i), "other", 11);
    }

    assertThatThrownBy(() -> plan(history))
        .hasMessageContaining("events-9 at")
        .hasMessageContaining("and 30 more")
        .hasMessageNotContaining("events-10 at");
  }
}
