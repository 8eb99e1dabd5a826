package io.kafkahdfs.consumer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.consumer.config.StartPolicy;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.Checkpoint;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffsetPlannerTest {
  private static final PartitionId FIRST = new PartitionId("events", 0);
  private static final PartitionId SECOND = new PartitionId("events", 1);

  private final InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);

  @TempDir Path temporary;

  @BeforeEach
  void fill() {
    cluster.createTopic("events", 2);
    append(FIRST, 10);
    append(SECOND, 20);
  }

  private void append(PartitionId partition, int records) {
    for (int i = 0; i < records; i++) {
      cluster.append(partition, TestRecord.of("k", "v"));
    }
  }

  private OffsetPlan plan(StartPolicy start, Tolerance tolerance, History history)
      throws IOException {
    return new OffsetPlanner(cluster, TopicFilter.of("events"), start, tolerance, RunLimits.NONE)
        .plan(cluster.describe(TopicFilter.of("events")), history);
  }

  private static History history(long first, long second) {
    return new History(
        Checkpoint.NONE.advancedTo(Map.of(FIRST, first, SECOND, second)),
        Map.of(FIRST, 40.0),
        Map.of());
  }

  private static StartPolicy earliest() {
    return new StartPolicy.Earliest();
  }

  @Test
  void aFirstRunReadsAllThatIsThere() throws IOException {
    OffsetPlan plan = plan(earliest(), Tolerance.FAIL, History.NONE);

    assertThat(plan.partitions())
        .extracting(PartitionPlan::from, PartitionPlan::until, PartitionPlan::pinned)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0L, 10L, false),
            org.assertj.core.groups.Tuple.tuple(0L, 20L, false));
    assertThat(plan.partitions()).extracting(PartitionPlan::leaderHost).containsOnly("localhost");
  }

  @Test
  void aLaterRunGoesOnWhereTheLastOneEnded() throws IOException {
    OffsetPlan plan = plan(new StartPolicy.Latest(), Tolerance.FAIL, history(10, 15));

    assertThat(plan.offsets()).isEqualTo(5);
    assertThat(plan.partitions())
        .extracting(PartitionPlan::bytesPerRecord)
        .containsExactly(40.0, 40.0);
  }

  @Test
  void aPartitionThatAppearsLaterFollowsTheStartPolicy() throws IOException {
    History onlyFirst =
        new History(Checkpoint.NONE.advancedTo(Map.of(FIRST, 10L)), Map.of(), Map.of());

    assertThat(plan(earliest(), Tolerance.FAIL, onlyFirst).offsets()).isEqualTo(20);
    OffsetPlan fromNow = plan(new StartPolicy.Latest(), Tolerance.FAIL, onlyFirst);
    assertThat(fromNow.offsets()).isZero();
    assertThat(fromNow.changesNothing())
        .as("that the second partition begins at 20 must be remembered")
        .isFalse();
  }

  @Test
  void whatChangesNothingSaysSo() throws IOException {
    assertThat(plan(earliest(), Tolerance.FAIL, history(10, 20)).changesNothing()).isTrue();
  }

  @Test
  void offsetsThatAreGoneStopTheRunWithTheirRanges() {
    cluster.removeBefore(FIRST, 7);

    assertThatThrownBy(() -> plan(earliest(), Tolerance.FAIL, history(3, 20)))
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_LOST))
        .hasMessageContaining("events-0 [3, 7)")
        .hasMessageContaining("--on-missing skip");
  }

  @Test
  void offsetsThatAreGoneArePlannedAsLostWhenThatIsAccepted() throws IOException {
    cluster.removeBefore(FIRST, 7);

    PartitionPlan first = plan(earliest(), Tolerance.SKIP, history(3, 20)).partitions().get(0);
    assertThat(first.lost().size()).isEqualTo(4);
    assertThat(first.range().from()).isEqualTo(7);
    assertThat(first.range().until()).isEqualTo(10);
  }

  @Test
  void aFirstRunLosesNothingToRetention() throws IOException {
    cluster.removeBefore(FIRST, 7);

    PartitionPlan first = plan(earliest(), Tolerance.FAIL, History.NONE).partitions().get(0);
    assertThat(first.from()).isEqualTo(7);
    assertThat(first.lost().isEmpty()).isTrue();
  }

  @Test
  void aCheckpointBehindTheEndIsATopicMadeAnew() {
    assertThatThrownBy(() -> plan(earliest(), Tolerance.SKIP, history(11, 20)))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("events-0 ends at 10 and was read to 11")
        .hasMessageContaining("--output");
  }

  @Test
  void aTopicThatIsNamedMustExist() {
    assertThatThrownBy(
            () ->
                new OffsetPlanner(
                        cluster,
                        TopicFilter.of("events", "nosuch"),
                        earliest(),
                        Tolerance.FAIL,
                        RunLimits.NONE)
                    .plan(cluster.describe(TopicFilter.of("events", "nosuch")), History.NONE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("nosuch")
        .hasMessageNotContaining("events,");
  }

  @Test
  void aPatternMayMatchNothing() throws IOException {
    TopicFilter filter =
        new TopicFilter(Set.of(), Optional.of(Pattern.compile("no.*")), Optional.empty());
    OffsetPlan plan =
        new OffsetPlanner(cluster, filter, earliest(), Tolerance.FAIL, RunLimits.NONE)
            .plan(cluster.describe(filter), History.NONE);
    assertThat(plan.changesNothing()).isTrue();
  }

  @Test
  void aTopicThatVanishedIsReportedAndNotAnError() throws IOException {
    cluster.deleteTopic("events");

    OffsetPlan plan = plan(earliest(), Tolerance.FAIL, history(3, 4));
    assertThat(plan.vanished()).containsExactly(FIRST, SECOND);
    assertThat(plan.changesNothing()).isTrue();
  }

  @Test
  void aRunCanBeginAtATime() throws IOException {
    Instant noon = Instant.parse("2100-01-01T12:00:00Z");
    cluster.append(FIRST, noon, TestRecord.of("k", "at noon"));

    OffsetPlan plan = plan(new StartPolicy.AtTime(noon), Tolerance.FAIL, History.NONE);
    assertThat(plan.partitions()).extracting(PartitionPlan::from).containsExactly(10L, 20L);
    assertThat(plan.offsets()).isEqualTo(1);
  }

  @Test
  void aRunCanBeginAtGivenOffsets() throws IOException {
    Path file =
        Files.writeString(
            temporary.resolve("offsets"), "# by hand\nevents:0:4\n\nevents:1:20\nother:0:7\n");

    OffsetPlan plan =
        plan(new StartPolicy.AtOffsets(file.toString()), Tolerance.FAIL, History.NONE);
    assertThat(plan.partitions()).extracting(PartitionPlan::from).containsExactly(4L, 20L);
  }

  @Test
  void givenOffsetsMustNameEveryNewPartitionAndLieWithinIt() throws IOException {
    Path file = Files.writeString(temporary.resolve("offsets"), "events:0:11\n");

    assertThatThrownBy(
            () -> plan(new StartPolicy.AtOffsets(file.toString()), Tolerance.FAIL, History.NONE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("11 for events-0, which ends at 10")
        .hasMessageContaining("nothing of events-1");
  }

  @Test
  void aLineThatIsNoOffsetIsNamed() throws IOException {
    Path file = Files.writeString(temporary.resolve("offsets"), "events:0:1\nevents:1\n");

    assertThatThrownBy(
            () -> plan(new StartPolicy.AtOffsets(file.toString()), Tolerance.FAIL, History.NONE))
        .hasMessageContaining("Line 2 of " + file);
    assertThatThrownBy(
            () -> plan(new StartPolicy.AtOffsets("/no/such"), Tolerance.FAIL, History.NONE))
        .hasMessageContaining("/no/such");
  }

  @Test
  void limitsEndRangesEarly() throws IOException {
    OffsetPlan plan =
        new OffsetPlanner(
                cluster,
                TopicFilter.of("events"),
                earliest(),
                Tolerance.FAIL,
                new RunLimits(Optional.of(24L), Optional.empty()))
            .plan(cluster.describe(TopicFilter.of("events")), History.NONE);
    assertThat(plan.partitions()).extracting(PartitionPlan::until).containsExactly(10L, 14L);
  }
}
