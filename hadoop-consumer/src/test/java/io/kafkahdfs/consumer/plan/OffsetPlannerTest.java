package io.kafkahdfs.consumer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.Checkpoint;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.ForwardingCluster;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.kafka.OpenTransaction;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffsetPlannerTest {
  private static final PartitionId FIRST = new PartitionId("events", 0);
  private static final PartitionId SECOND = new PartitionId("events", 1);
  private static final String NOW = "2026-01-31T02:00:00Z";

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
    return plan(
        TopicFilter.of("events"),
        new PlanPolicy(start, new EndPolicy.Latest(), tolerance, RunLimits.NONE),
        history);
  }

  private OffsetPlan plan(TopicFilter topics, PlanPolicy policy, History history)
      throws IOException {
    return new OffsetPlanner(cluster, topics, policy).plan(cluster.describe(topics), history, NOW);
  }

  private static History history(long first, long second) {
    return history(Map.of(FIRST, first, SECOND, second));
  }

  /** Of a load of the topic whose commits list every partition. */
  private static History history(Map<PartitionId, Long> next) {
    return new History(
        Checkpoint.NONE.advancedTo(next),
        Map.of(FIRST, 40.0),
        Map.of(),
        Optional.of(new Watched(TopicFilter.of("events"), true)),
        Map.of());
  }

  private static TopicFilter pattern(String include) {
    return new TopicFilter(Set.of(), Optional.of(Pattern.compile(include)), Optional.empty());
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
  void aPartitionThatAppearsLaterBeginsAtZeroWhateverTheStartPolicySays() throws IOException {
    History onlyFirst = history(Map.of(FIRST, 10L));

    for (StartPolicy start :
        List.of(
            earliest(),
            new StartPolicy.Latest(),
            new StartPolicy.AtTime(Instant.parse("2100-01-01T00:00:00Z")),
            new StartPolicy.AtOffsets(
                Files.writeString(temporary.resolve("offsets"), "events:0:5\n").toString()))) {
      OffsetPlan plan = plan(start, Tolerance.FAIL, onlyFirst);
      assertThat(plan.partitions()).extracting(PartitionPlan::from).containsExactly(10L, 0L);
      assertThat(plan.offsets()).as("%s", start).isEqualTo(20);
      assertThat(plan.partitions()).extracting(PartitionPlan::leftOut).containsOnly(0L);
    }
  }

  @Test
  void anOffsetThatIsNamedForALaterPartitionCounts() throws IOException {
    Path file = Files.writeString(temporary.resolve("offsets"), "events:1:15\n");

    OffsetPlan plan =
        plan(
            new StartPolicy.AtOffsets(file.toString()),
            Tolerance.FAIL,
            history(Map.of(FIRST, 10L)));
    assertThat(plan.partitions()).extracting(PartitionPlan::from).containsExactly(10L, 15L);
    assertThat(plan.partitions()).extracting(PartitionPlan::leftOut).containsExactly(0L, 15L);
    assertThat(plan.partitions()).extracting(PartitionPlan::pinned).containsExactly(false, true);
  }

  @Test
  void whatRetentionRemovedOfALaterPartitionIsLostToTheLoad() {
    cluster.removeBefore(SECOND, 5);

    for (StartPolicy start : List.of(earliest(), new StartPolicy.Latest())) {
      assertThatThrownBy(() -> plan(start, Tolerance.FAIL, history(Map.of(FIRST, 10L))))
          .isInstanceOfSatisfying(
              LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_LOST))
          .hasMessageContaining("events-1 [0, 5)");
    }
  }

  @Test
  void aCommitOfAnEarlierVersionMayNotHaveListedWhatWasEmpty() throws IOException {
    cluster.removeBefore(SECOND, 20);
    append(SECOND, 3);
    History old =
        new History(
            Checkpoint.NONE.advancedTo(Map.of(FIRST, 10L)),
            Map.of(),
            Map.of(),
            Optional.of(new Watched(TopicFilter.of("events"), false)),
            Map.of());

    for (StartPolicy start : List.of(earliest(), new StartPolicy.Latest())) {
      OffsetPlan plan = plan(start, Tolerance.FAIL, old);
      assertThat(plan.partitions()).extracting(PartitionPlan::from).containsExactly(10L, 20L);
      assertThat(plan.offsets()).isEqualTo(3);
    }
  }

  @Test
  void aTopicThatAPatternFindsLaterBeginsAtZeroUnlessThePatternIsNew() throws IOException {
    TopicFilter filter = pattern("ev.*|other");
    cluster.createTopic("other", 1);
    PartitionId other = new PartitionId("other", 0);
    append(other, 7);
    PlanPolicy latest =
        new PlanPolicy(
            new StartPolicy.Latest(), new EndPolicy.Latest(), Tolerance.FAIL, RunLimits.NONE);
    Map<PartitionId, Long> next = Map.of(FIRST, 10L, SECOND, 20L);

    OffsetPlan plan =
        plan(
            filter,
            latest,
            new History(
                Checkpoint.NONE.advancedTo(next),
                Map.of(),
                Map.of(),
                Optional.of(new Watched(filter, true)),
                Map.of()));
    assertThat(plan.partitions()).extracting(PartitionPlan::from).containsExactly(10L, 20L, 0L);

    plan = plan(filter, latest, history(next));
    assertThat(plan.partitions()).extracting(PartitionPlan::from).containsExactly(10L, 20L, 7L);
    assertThat(plan.partitions()).extracting(PartitionPlan::leftOut).containsExactly(0L, 0L, 7L);
    assertThat(plan.changesNothing()).isFalse();
  }

  @Test
  void aFirstRunThatFindsNothingIsRememberedIfItsStartCounts() throws IOException {
    TopicFilter filter = pattern("later.*");
    PlanPolicy latest =
        new PlanPolicy(
            new StartPolicy.Latest(), new EndPolicy.Latest(), Tolerance.FAIL, RunLimits.NONE);

    assertThat(plan(filter, latest, History.NONE).changesNothing()).isFalse();
    cluster.createTopic("later", 1);
    append(new PartitionId("later", 0), 3);
    OffsetPlan plan =
        plan(
            filter,
            latest,
            new History(
                Checkpoint.NONE,
                Map.of(),
                Map.of(),
                Optional.of(new Watched(filter, true)),
                Map.of()));
    assertThat(plan.offsets()).isEqualTo(3);
  }

  @Test
  void aFirstRunSaysWhatItLeavesOut() throws IOException {
    cluster.removeBefore(FIRST, 4);

    OffsetPlan plan = plan(new StartPolicy.Latest(), Tolerance.FAIL, History.NONE);
    assertThat(plan.partitions())
        .extracting(PartitionPlan::leftOutRange)
        .containsExactly(new OffsetRange(FIRST, 4, 10), new OffsetRange(SECOND, 0, 20));
    assertThat(plan.partitions()).extracting(PartitionPlan::pinned).containsOnly(true);
  }

  @Test
  void whatIsUndecidedIsSeenAndRememberedSinceWhen() throws IOException {
    OpenTransaction open =
        cluster
            .tools()
            .beginTransaction(FIRST, List.of(TestRecord.of("k", "1"), TestRecord.of("k", "2")));
    append(FIRST, 3);

    OffsetPlan plan = plan(earliest(), Tolerance.FAIL, history(10, 20));
    PartitionPlan first = plan.partitions().get(0);
    assertThat(first.end()).isEqualTo(10);
    assertThat(first.highWatermark()).isEqualTo(15);
    assertThat(first.undecided()).isEqualTo(5);
    assertThat(first.undecidedSince()).isEqualTo(NOW);
    assertThat(plan.undecided()).containsExactly(first);
    assertThat(plan.changesNothing()).as("since when must be remembered").isFalse();

    History seen =
        new History(
            Checkpoint.NONE.advancedTo(Map.of(FIRST, 10L, SECOND, 20L)),
            Map.of(),
            Map.of(),
            Optional.of(new Watched(TopicFilter.of("events"), true)),
            Map.of(FIRST, new History.Undecided(10, "2026-01-01T00:00:00Z")));
    plan = plan(earliest(), Tolerance.FAIL, seen);
    assertThat(plan.undecided().get(0).undecidedSince()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(plan.changesNothing()).isTrue();

    open.commit();
    cluster.tools().beginTransaction(FIRST, List.of(TestRecord.of("k", "3")));
    plan = plan(earliest(), Tolerance.FAIL, seen);
    assertThat(plan.offsets()).isEqualTo(6);
    assertThat(plan.undecided().get(0).undecidedSince()).as("another one").isEqualTo(NOW);
  }

  @Test
  void anEarlierRunMayHaveReadWhatIsUndecided() throws IOException {
    cluster
        .tools()
        .beginTransaction(FIRST, List.of(TestRecord.of("k", "1"), TestRecord.of("k", "2")));

    PartitionPlan first = plan(earliest(), Tolerance.FAIL, history(11, 20)).partitions().get(0);
    assertThat(first.range().isEmpty()).isTrue();
    assertThat(first.from()).isEqualTo(11);
    assertThat(first.undecided()).isEqualTo(1);
  }

  @Test
  void undecidedRecordsAreNamedAndCanStopARun() throws IOException {
    cluster.tools().beginTransaction(FIRST, List.of(TestRecord.of("k", "1")));
    OffsetPlan plan = plan(earliest(), Tolerance.FAIL, history(10, 20));

    assertThat(UndecidedNotice.of(plan, List.of("broker:9092")))
        .get()
        .asString()
        .contains("1 offsets of events-0 from 10 on (first seen " + NOW)
        .contains("kafka-transactions.sh --bootstrap-server broker:9092 find-hanging");
    UndecidedNotice.check(plan, UndecidedPolicy.WARN, List.of("broker:9092"));
    assertThatThrownBy(
            () -> UndecidedNotice.check(plan, UndecidedPolicy.FAIL, List.of("broker:9092")))
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNDECIDED))
        .hasMessageContaining("--on-undecided");
    OffsetPlan decided = plan(earliest(), Tolerance.FAIL, History.NONE);
    assertThat(decided.undecided()).hasSize(1);
  }

  @Test
  void oneWrongAnswerIsNoLoss() throws IOException {
    for (Tolerance tolerance : Tolerance.values()) {
      TopicFilter events = TopicFilter.of("events");
      TopicsSnapshot right = cluster.describe(events);
      SortedMap<PartitionId, PartitionSnapshot> wrong = new TreeMap<>(right.partitions());
      wrong.put(
          FIRST,
          new PartitionSnapshot(Optional.of("localhost"), new OffsetRange(FIRST, 10, 10), 10));
      OffsetPlan plan =
          new OffsetPlanner(
                  cluster,
                  events,
                  new PlanPolicy(earliest(), new EndPolicy.Latest(), tolerance, RunLimits.NONE))
              .plan(new TopicsSnapshot(right.topicIds(), wrong, Set.of()), history(3, 20), NOW);
      PartitionPlan first = plan.partitions().get(0);
      assertThat(first.lost().isEmpty()).isTrue();
      assertThat(first.range()).isEqualTo(new OffsetRange(FIRST, 3, 10));
    }
  }

  @Test
  void aGapIsNoLossAsLongAsItsRecordsCanBeFetched() throws IOException {
    TopicFilter events = TopicFilter.of("events");
    // Asked for its offsets, this cluster is wrong each time; asked for records, it has them.
    KafkaCluster wrong =
        new ForwardingCluster(cluster) {
          @Override
          public TopicsSnapshot describe(TopicFilter topics) throws IOException {
            TopicsSnapshot right = super.describe(topics);
            SortedMap<PartitionId, PartitionSnapshot> partitions =
                new TreeMap<>(right.partitions());
            partitions.put(
                FIRST,
                new PartitionSnapshot(Optional.of("localhost"), new OffsetRange(FIRST, 8, 10), 10));
            return new TopicsSnapshot(right.topicIds(), partitions, Set.of());
          }
        };
    OffsetPlanner planner =
        new OffsetPlanner(
            wrong,
            events,
            new PlanPolicy(earliest(), new EndPolicy.Latest(), Tolerance.SKIP, RunLimits.NONE));

    PartitionPlan first =
        planner.plan(wrong.describe(events), history(3, 20), NOW).partitions().get(0);
    assertThat(first.lost().isEmpty()).isTrue();

    cluster.removeBefore(FIRST, 6);
    first = planner.plan(wrong.describe(events), history(3, 20), NOW).partitions().get(0);
    assertThat(first.lost()).isEqualTo(new OffsetRange(FIRST, 3, 6));
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
                plan(
                    TopicFilter.of("events", "nosuch"),
                    new PlanPolicy(
                        earliest(), new EndPolicy.Latest(), Tolerance.FAIL, RunLimits.NONE),
                    History.NONE))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("nosuch")
        .hasMessageNotContaining("events,");
  }

  @Test
  void aPatternMayMatchNothing() throws IOException {
    TopicFilter filter =
        new TopicFilter(Set.of(), Optional.of(Pattern.compile("no.*")), Optional.empty());
    OffsetPlan plan =
        plan(
            filter,
            new PlanPolicy(earliest(), new EndPolicy.Latest(), Tolerance.FAIL, RunLimits.NONE),
            History.NONE);
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

  private OffsetPlan planTo(EndPolicy end, StartPolicy start, History history) throws IOException {
    return plan(
        TopicFilter.of("events"),
        new PlanPolicy(start, end, Tolerance.FAIL, RunLimits.NONE),
        history);
  }

  private EndPolicy endOffsets(String lines) throws IOException {
    return new EndPolicy.AtOffsets(Files.writeString(temporary.resolve("ends"), lines).toString());
  }

  @Test
  void aRunCanHoldExactlyADay() throws IOException {
    Instant day = Instant.parse("2100-01-01T00:00:00Z");
    Instant next = Instant.parse("2100-01-02T00:00:00Z");
    cluster.append(FIRST, day, TestRecord.of("k", "its first"));
    cluster.append(FIRST, next.minusMillis(1), TestRecord.of("k", "its last"));
    cluster.append(FIRST, next, TestRecord.of("k", "of the next"));
    cluster.append(FIRST, day, TestRecord.of("k", "late"));

    OffsetPlan plan = planTo(new EndPolicy.AtTime(next), new StartPolicy.AtTime(day), History.NONE);
    assertThat(plan.partitions()).extracting(PartitionPlan::from).containsExactly(10L, 20L);
    assertThat(plan.partitions()).extracting(PartitionPlan::until).containsExactly(12L, 20L);
    assertThat(plan.partitions()).extracting(PartitionPlan::end).containsExactly(14L, 20L);
    assertThat(plan.left()).isEqualTo(2);
  }

  @Test
  void noEndLeadsBackBehindTheCheckpoint() throws IOException {
    OffsetPlan plan = planTo(endOffsets("events:0:3\nevents:1:15\n"), earliest(), history(5, 12));

    assertThat(plan.partitions()).extracting(PartitionPlan::from).containsExactly(5L, 12L);
    assertThat(plan.partitions()).extracting(PartitionPlan::until).containsExactly(5L, 15L);
    assertThat(plan.left()).isEqualTo(10);
  }

  @Test
  void whatCameBehindTheSnapshotIsOfALaterRun() throws IOException {
    TopicFilter events = TopicFilter.of("events");
    TopicsSnapshot before = cluster.describe(events);
    Instant time = Instant.parse("2100-01-01T00:00:00Z");
    append(FIRST, 2);
    cluster.append(FIRST, time, TestRecord.of("k", "v"));
    PlanPolicy policy =
        new PlanPolicy(earliest(), new EndPolicy.AtTime(time), Tolerance.FAIL, RunLimits.NONE);

    OffsetPlan plan = new OffsetPlanner(cluster, events, policy).plan(before, History.NONE, NOW);
    assertThat(plan.partitions()).extracting(PartitionPlan::until).containsExactly(10L, 20L);
  }

  @Test
  void offsetsToEndAtMustNameEveryPartitionAndLieWithinIt() throws IOException {
    EndPolicy end = endOffsets("events:0:11\nother:0:3\n");

    assertThatThrownBy(() -> planTo(end, earliest(), history(5, 12)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("11 for events-0, which ends at 10")
        .hasMessageContaining("nothing of events-1");
    EndPolicy fitting = endOffsets("events:0:10\nevents:1:0\nother:0:3\n");
    assertThat(planTo(fitting, earliest(), History.NONE).offsets()).isEqualTo(10);
  }

  @Test
  void whatIsUndecidedCannotBeGivenAsAnEnd() throws IOException {
    cluster.tools().beginTransaction(FIRST, List.of(TestRecord.of("k", "undecided")));

    EndPolicy end = endOffsets("events:0:11\nevents:1:20\n");
    assertThatThrownBy(() -> planTo(end, earliest(), History.NONE))
        .hasMessageContaining("11 for events-0, which ends at 10 for now")
        .hasMessageContaining("neither committed nor aborted");
  }

  @Test
  void whatRetentionRemovedBehindTheEndIsNotLostYet() throws IOException {
    cluster.removeBefore(FIRST, 8);

    EndPolicy within = endOffsets("events:0:6\nevents:1:20\n");
    assertThatThrownBy(() -> planTo(within, earliest(), history(3, 20)))
        .hasMessageContaining("events-0 [3, 6) (3 offsets)");
    EndPolicy before = endOffsets("events:0:3\nevents:1:20\n");
    assertThat(planTo(before, earliest(), history(3, 20)).changesNothing()).isTrue();
  }

  @Test
  void limitsCountWithinTheEnd() throws IOException {
    PlanPolicy policy =
        new PlanPolicy(
            earliest(),
            endOffsets("events:0:10\nevents:1:4\n"),
            Tolerance.FAIL,
            new RunLimits(Optional.of(12L), Optional.empty()));

    OffsetPlan plan = plan(TopicFilter.of("events"), policy, History.NONE);
    assertThat(plan.partitions()).extracting(PartitionPlan::until).containsExactly(8L, 4L);
    assertThat(plan.left()).isEqualTo(18);
  }

  @Test
  void limitsEndRangesEarly() throws IOException {
    OffsetPlan plan =
        plan(
            TopicFilter.of("events"),
            new PlanPolicy(
                earliest(),
                new EndPolicy.Latest(),
                Tolerance.FAIL,
                new RunLimits(Optional.of(24L), Optional.empty())),
            History.NONE);
    assertThat(plan.partitions()).extracting(PartitionPlan::until).containsExactly(10L, 14L);
  }
}
