package io.kafkahdfs.consumer.report;

import static io.kafkahdfs.consumer.report.Commits.Range.of;
import static io.kafkahdfs.consumer.report.Commits.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.report.ReportData.Loss;
import io.kafkahdfs.consumer.report.ReportData.Mark;
import io.kafkahdfs.consumer.report.ReportData.Partition;
import io.kafkahdfs.consumer.report.ReportData.Run;
import io.kafkahdfs.consumer.report.ReportData.Series;
import io.kafkahdfs.consumer.report.ReportData.Topic;
import io.kafkahdfs.consumer.report.ReportData.Totals;
import io.kafkahdfs.consumer.report.ReportData.Undecided;
import io.kafkahdfs.consumer.report.ReportData.What;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReportAssemblyTest {
  private static final Instant MADE = START.plus(Duration.ofDays(3));
  private static final PartitionId EVENTS = new PartitionId("events", 0);

  private final Commits commits = new Commits();

  private ReportData report() {
    return report(Limits.PAGE);
  }

  private ReportData report(Limits limits) {
    return ReportAssembly.of("/landing", commits.list(), MADE, null, limits);
  }

  private static long at(long minutes, long seconds) {
    return START.plusSeconds(60 * minutes + seconds).toEpochMilli();
  }

  private static Segment written(long from, long until, long first, long last) {
    return new Segment(from, until, new OffsetTally(until - from, 0, 0, 0, 0), 0, 0, first, last);
  }

  @Test
  void aLoadWithoutCommitsIsEmpty() {
    ReportData report = report();
    assertThat(report.totals().commits()).isZero();
    assertThat(report.totals().last()).isNull();
    assertThat(report.load()).isNull();
    assertThat(report.all().runs()).isEmpty();
    assertThat(report.all().hours().series()).isEmpty();
    assertThat(report.partitions()).isEmpty();
    assertThat(report.topics()).isEmpty();
  }

  @Test
  void totalsCountWhatLanded() {
    commits.land(
        0,
        10,
        of("events", 0, 100).invisible(5).filtered(7),
        of("other", 3, 10).bad(1).quarantined(3));
    commits.land(60, 10, of("events", 0, 50).lost(20).left(9));
    assertThat(report().totals())
        .isEqualTo(
            new Totals(
                2,
                2,
                2,
                2,
                new Volume(160, 200 * (100 + 7 + 10 + 50), 3, 100 * 160),
                at(0, 10),
                at(60, 10),
                9,
                false,
                0,
                new OffsetTally(160, 7, 4, 5, 20),
                3,
                0,
                0,
                0,
                0));
    assertThat(report().topics())
        .containsExactly(
            new Topic(
                "events",
                1,
                new Volume(150, 200 * 157, 2, 15_000),
                2,
                new OffsetTally(150, 7, 0, 5, 20),
                0,
                0,
                9L),
            new Topic(
                "other",
                1,
                new Volume(10, 2_000, 1, 1_000),
                1,
                new OffsetTally(10, 0, 4, 0, 0),
                3,
                0,
                0L));
  }

  @Test
  void thePageReadsThisForm() {
    commits.land(0, 10, of("events", 0, 100).invisible(5).filtered(7).bad(1).left(2));
    ReportData report = report();

    assertThat(json(report.totals()))
        .isEqualTo(
            "{'topics':1,'partitions':1,'commits':1,'runs':1,'records':100,'readBytes':21400,"
                + "'files':1,'fileBytes':10000,'first':%d,'last':%d,'lag':2,'lagIsNow':false,"
                    .formatted(at(0, 10), at(0, 10))
                + "'undecided':0,'filtered':7,'bad':1,'invisible':5,'lost':0,"
                + "'quarantined':0,'late':0,'skipped':0,'rolledBackRuns':0,'rolledBackRecords':0}");
    assertThat(json(report.topics().get(0)))
        .isEqualTo(
            "{'name':'events','partitions':1,'records':100,'readBytes':21400,'files':1,"
                + "'fileBytes':10000,'smallFiles':1,'filtered':7,'bad':1,'invisible':5,'lost':0,"
                + "'quarantined':0,'skipped':0,'lag':2}");
    assertThat(json(report.all().runs().get(0)))
        .isEqualTo(
            "{'first':1,'last':1,'landed':1,'rolledBack':0,'started':%d,'committed':%d,"
                    .formatted(at(0, 0), at(0, 10))
                + "'seconds':10.0,'records':100,'readBytes':21400,'files':1,'lag':2,'came':null}");
    assertThat(json(report.partitions().get(0).segments()))
        .isEqualTo("[[0,113,100,7,1,5,0,0,1,1,0]]");
  }

  @Test
  void whatIsInQuarantineIsNoLoss() {
    commits.land(0, 10, of("events", 0, 100).bad(1).quarantined(3));
    assertThat(report().partitions().get(0).segments())
        .singleElement()
        .satisfies(segment -> assertThat(segment.missing()).isEqualTo(1));
    assertThat(report().losses())
        .extracting(ReportData.Loss::what, ReportData.Loss::count)
        .containsExactlyInAnyOrder(tuple("bad", 1L), tuple("in quarantine", 3L));
  }

  private static String json(Object value) {
    return Json.writeLine(value).replace('"', '\'');
  }

  @Test
  void aRunSaysHowLongItTookAndWhatWasLeft() {
    commits.land(0, 12.5, of("events", 0, 100).left(30));
    commits.land(60, 8, of("events", 0, 50).left(40));
    assertThat(report().all().commitsEach()).isEqualTo(1);
    assertThat(report().all().runs())
        .containsExactly(
            new Run(
                1,
                1,
                1,
                0,
                at(0, 0),
                at(0, 12) + 500,
                12.5,
                new Volume(100, 20_000, 1, 10000),
                30,
                null),
            new Run(2, 2, 1, 0, at(60, 0), at(60, 8), 8, new Volume(50, 10_000, 1, 5000), 40, 60L));
  }

  @Test
  void runsAreSummedUpWhenTheyAreMany() {
    for (int i = 0; i < 7; i++) {
      commits.land(i, 2, of("events", 0, 10).left(i));
    }
    ReportData report = report(new Limits(3, 168, 7, 10, 100, 10));
    assertThat(report.all().commitsEach()).isEqualTo(3);
    assertThat(report.all().runs())
        .containsExactly(
            new Run(1, 3, 3, 0, at(0, 0), at(2, 2), 6, new Volume(30, 6_000, 3, 3000), 2, 22L),
            new Run(4, 6, 3, 0, at(3, 0), at(5, 2), 6, new Volume(30, 6_000, 3, 3000), 5, 33L),
            new Run(7, 7, 1, 0, at(6, 0), at(6, 2), 2, new Volume(10, 2_000, 1, 1000), 6, 11L));
    assertThat(report.latest().commitsEach()).isEqualTo(1);
    assertThat(report.latest().runs()).extracting(Run::first).containsExactly(5L, 6L, 7L);
  }

  @Test
  void recordsAreCountedByTheHourOfTheCommit() {
    commits.land(10, 60, of("a", 0, 1), of("b", 0, 10));
    commits.land(59, 120, of("a", 0, 2));
    commits.land(61, 1, of("a", 0, 4));
    commits.land(185, 1, of("b", 0, 20));
    assertThat(report().latest()).isNull();
    assertThat(report().all().hours().from()).isEqualTo(START.toEpochMilli());
    assertThat(report().all().hours().hours()).isEqualTo(1);
    assertThat(report().all().hours().series())
        .containsExactly(
            new Series("b", 1, List.of(10L, 0L, 0L, 20L)),
            new Series("a", 1, List.of(1L, 6L, 0L, 0L)));
  }

  @Test
  void aLongLifeIsCountedByLongerSpansAndItsEndByHours() {
    for (int day = 0; day < 10; day++) {
      commits.land(day * 24 * 60, 1, of("a", 0, 1));
    }
    ReportData report = report(new Limits(240, 10, 7, 10, 100, 10));
    assertThat(report.all().hours().hours()).isEqualTo(24);
    assertThat(report.all().hours().series())
        .containsExactly(new Series("a", 1, List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L)));
    assertThat(report.latest().hours().hours()).isEqualTo(1);
    assertThat(report.latest().hours().series())
        .containsExactly(new Series("a", 1, List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L)));
  }

  @Test
  void smallTopicsAreOneTogetherWhenTheyAreMany() {
    commits.land(0, 1, of("a", 0, 4), of("b", 0, 30), of("c", 0, 2), of("d", 0, 1));
    assertThat(report(new Limits(240, 168, 2, 10, 100, 10)).all().hours().series())
        .containsExactly(
            new Series("b", 1, List.of(30L)),
            new Series("a", 1, List.of(4L)),
            new Series(null, 2, List.of(3L)));
  }

  @Test
  void whatWasRolledBackIsNotInTheOutputAnyMore() {
    commits.land(0, 1, of("events", 0, 100));
    commits.land(60, 1, of("events", 0, 10), of("late", 0, 5));
    commits.land(120, 1, of("events", 0, 20).lost(3));
    commits.rollBack(150, 1, "wrong");
    commits.land(180, 1, of("events", 0, 7));
    ReportData report = report();
    assertThat(report.totals().volume().records()).isEqualTo(107);
    assertThat(report.totals().volume().files()).isEqualTo(2);
    assertThat(report.totals().tally().lost()).isZero();
    assertThat(report.totals().runs()).isEqualTo(2);
    assertThat(report.totals().rolledBackRuns()).isEqualTo(2);
    assertThat(report.totals().rolledBackRecords()).isEqualTo(35);
    assertThat(report.all().hours().series())
        .containsExactly(new Series("events", 1, List.of(100L, 0L, 0L, 7L)));
    assertThat(report.all().runs()).extracting(Run::rolledBack).containsExactly(0, 1, 1, 0, 0);
    assertThat(report.losses()).isEmpty();

    Partition events = report.partitions().get(0);
    assertThat(events.segments()).containsExactly(written(0, 100, 1, 1), written(100, 107, 5, 5));
    assertThat(events.marks()).containsExactly(new Mark(What.ROLLED_BACK, 100, 133, 2, 3));
    assertThat(events.offset()).isEqualTo(107);
    Partition late = report.partitions().get(1);
    assertThat(late.segments()).isEmpty();
    assertThat(late.marks()).containsExactly(new Mark(What.ROLLED_BACK, 0, 5, 2, 2));

    ReportData.Change change = report.changes().get(0);
    assertThat(change.to()).isEqualTo(1);
    assertThat(change.trashed()).isEqualTo(3);
    assertThat(change.inEffect()).isTrue();
  }

  @Test
  void whatARollbackOfARollbackRestoresIsInTheOutputAgain() {
    commits.land(0, 1, of("events", 0, 100));
    commits.land(60, 1, of("events", 0, 10));
    commits.rollBack(90, 1, "wrong");
    commits.land(120, 1, of("events", 0, 5));
    commits.rollBack(150, 2, "right after all");
    ReportData report = report();
    assertThat(report.totals().volume().records()).isEqualTo(110);
    assertThat(report.partitions().get(0).marks())
        .containsExactly(new Mark(What.ROLLED_BACK, 100, 105, 4, 4));
    assertThat(report.changes())
        .extracting(ReportData.Change::commit, ReportData.Change::inEffect)
        .containsExactly(tuple(5L, true), tuple(3L, false));
  }

  @Test
  void aRollbackToTheBeginningLeavesNothing() {
    commits.land(0, 1, of("events", 0, 100));
    commits.rollBack(90, 0, "all wrong");
    ReportData report = report();
    assertThat(report.totals().volume().records()).isZero();
    assertThat(report.totals().lag()).isZero();
    assertThat(report.partitions().get(0).marks())
        .containsExactly(new Mark(What.ROLLED_BACK, 0, 100, 1, 1));
  }

  @Test
  void lossesAreWhereTheyAreKnownToBe() {
    commits.land(0, 1, of("events", 0, 100));
    commits.land(60, 1, of("events", 0, 50).lost(20).bad(2).invisible(8));
    assertThat(report().partitions().get(0).segments())
        .containsExactly(
            written(0, 100, 1, 1),
            new Segment(100, 120, new OffsetTally(0, 0, 0, 0, 20), 0, 0, 2, 2),
            new Segment(120, 180, new OffsetTally(50, 0, 2, 8, 0), 0, 0, 2, 2));
    assertThat(report().losses())
        .containsExactly(
            new Loss(2, at(60, 1), "events", 0, "bad", 100, 180, 2),
            new Loss(2, at(60, 1), "events", 0, "lost", 100, 120, 20));
  }

  @Test
  void lossesThatAreNowhereKnownAreSomewhereInTheRange() {
    commits.land(0, 1, of("events", 0, 90));
    Commit commit = commits.last();
    Commit.Partition done =
        new Commit.Partition(
            "events", 0, 0, 100, new OffsetTally(90, 0, 0, 0, 10), List.of(), 90, 900);
    Commit changed =
        new Commit(
            commit.version(),
            commit.number(),
            commit.run(),
            commit.user(),
            commit.host(),
            commit.started(),
            commit.committed(),
            commit.bootstrapServers(),
            commit.cluster(),
            commit.load(),
            null,
            List.of(done),
            commit.files(),
            commit.next(),
            commit.vanished(),
            null,
            commit.begun(),
            null,
            null);
    ReportData report = ReportAssembly.of("/landing", List.of(changed), MADE, null, Limits.PAGE);
    assertThat(report.losses())
        .containsExactly(new Loss(1, at(0, 1), "events", 0, "lost", 0, 100, 10));
    assertThat(report.partitions().get(0).segments())
        .containsExactly(new Segment(0, 100, new OffsetTally(90, 0, 0, 0, 10), 0, 0, 1, 1));
  }

  @Test
  void offsetsSetForwardWereSkippedAndSetBackAreReadAgain() {
    commits.land(0, 1, of("events", 0, 100));
    commits.set(10, EVENTS, 150, "test records");
    commits.land(20, 1, of("events", 0, 50));
    commits.set(30, EVENTS, 180, "again");
    commits.land(40, 1, of("events", 0, 30));
    ReportData report = report();
    assertThat(report.totals().skipped()).isEqualTo(50);
    assertThat(report.partitions().get(0).segments())
        .containsExactly(
            written(0, 100, 1, 1),
            new Segment(100, 150, new OffsetTally(0, 0, 0, 0, 0), 0, 50, 2, 2),
            written(150, 200, 3, 3),
            written(180, 210, 5, 5));
    assertThat(report.partitions().get(0).marks())
        .containsExactly(new Mark(What.AGAIN, 180, 200, 4, 4));
    assertThat(report.losses())
        .containsExactly(new Loss(2, at(10, 1), "events", 0, "skipped", 100, 150, 50));
    assertThat(report.all().runs()).extracting(Run::landed).containsExactly(1, 0, 1, 0, 1);
  }

  @Test
  void anOffsetSetForAPartitionNeverLoadedSkipsNothing() {
    commits.set(0, EVENTS, 500, "only what is new");
    assertThat(report().totals().skipped()).isZero();
    assertThat(report().partitions().get(0).offset()).isEqualTo(500);
    assertThat(report().partitions().get(0).end()).isNull();
  }

  @Test
  void aCommitThatDoesNotKnowTheEndTakesTheLastOneThatWasSeen() {
    commits.land(0, 1, of("events", 0, 100).left(80));
    commits.set(10, EVENTS, 150, "skip");
    assertThat(report().all().runs()).extracting(Run::lag).containsExactly(80L, 30L);
    commits.rollBack(20, 1, "no");
    assertThat(report().all().runs()).extracting(Run::lag).containsExactly(80L, 30L, 80L);
    assertThat(report().partitions().get(0).end()).isEqualTo(180);
  }

  @Test
  void whatTheLastRunSawUndecidedIsShown() {
    commits.land(0, 1, of("events", 0, 100).undecided(5));
    ReportData report = report();
    assertThat(report.totals().undecided()).isEqualTo(5);
    assertThat(report.undecided())
        .containsExactly(new Undecided("events", 0, 100, 105, Commits.START.toEpochMilli()));
  }

  @Test
  void theLagInKafkaNowReplacesThatOfTheLastRun() {
    commits.land(0, 1, of("events", 0, 100).left(80));
    ReportData report =
        ReportAssembly.of(
            "/landing",
            commits.list(),
            MADE,
            Map.of(
                EVENTS,
                new PartitionSnapshot(Optional.empty(), new OffsetRange(EVENTS, 0, 1_100), 1_107)),
            Limits.PAGE);
    assertThat(report.undecided()).containsExactly(new Undecided("events", 0, 1_100, 1_107, null));
    assertThat(report.totals().undecided()).isEqualTo(7);
    assertThat(report.totals().lag()).isEqualTo(1_000);
    assertThat(report.totals().lagIsNow()).isTrue();
    assertThat(report.topics().get(0).lag()).isEqualTo(1_000);
    assertThat(report.partitions().get(0).end()).isEqualTo(1_100);
    assertThat(report.all().runs().get(0).lag()).isEqualTo(80);
  }

  @Test
  void neighboursAreJoinedWhenSegmentsAreManyButForLosses() {
    for (int i = 0; i < 100; i++) {
      commits.land(i, 1, of("events", 0, 10).lost(i == 50 ? 5 : 0));
    }
    List<Segment> segments =
        report(new Limits(240, 168, 7, 10, 20, 10)).partitions().get(0).segments();
    assertThat(segments).hasSizeBetween(8, 20);
    assertThat(segments)
        .contains(new Segment(500, 505, new OffsetTally(0, 0, 0, 0, 5), 0, 0, 51, 51));
    long[] edges =
        segments.stream().flatMapToLong(s -> LongStream.of(s.from(), s.until())).toArray();
    assertThat(edges).isSorted().startsWith(0).endsWith(1_005);
    assertThat(segments.stream().mapToLong(segment -> segment.tally().written()).sum())
        .isEqualTo(1_000);
    assertThat(segments.get(0).first()).isEqualTo(1);
    assertThat(segments.get(segments.size() - 1).last()).isEqualTo(100);
  }

  @Test
  void joinedSegmentsAreAboutEqual() {
    for (int i = 0; i < 1_000; i++) {
      commits.land(i, 1, of("events", 0, 10));
    }
    List<Segment> segments =
        report(new Limits(240, 168, 7, 10, 20, 10)).partitions().get(0).segments();
    assertThat(segments).hasSizeBetween(8, 20);
    assertThat(segments).allMatch(segment -> segment.size() <= 10_000 / 10);
  }

  @Test
  void ofTooManyPartitionsThoseWithLossesAndLagAreShown() {
    commits.land(0, 1, of("a", 0, 9), of("a", 1, 9).left(5), of("b", 0, 9), of("b", 1, 9).lost(1));
    ReportData report = report(new Limits(240, 168, 7, 2, 100, 10));
    assertThat(report.partitions())
        .extracting(Partition::topic, Partition::partition)
        .containsExactly(tuple(0, 1), tuple(1, 1));
    assertThat(report.totals().partitions()).isEqualTo(4);
  }

  @Test
  void ofTooManyLossesTheNewestAreShown() {
    for (int i = 0; i < 12; i++) {
      commits.land(i, 1, of("events", 0, 10).bad(1));
    }
    ReportData report = report(new Limits(240, 168, 7, 10, 100, 5));
    assertThat(report.losses()).extracting(Loss::commit).containsExactly(12L, 11L, 10L, 9L, 8L);
    assertThat(report.lossesInAll()).isEqualTo(12);
  }

  @Test
  void filesAreCountedBySize() {
    commits.land(
        0,
        1,
        of("a", 0, 1).file(FileSizes.SMALL - 1),
        of("a", 1, 1).file(FileSizes.SMALL),
        of("a", 2, 1).file(0),
        of("a", 3, 1).file(1L << 40));
    ReportData report = report();
    assertThat(report.sizes().smallFiles()).isEqualTo(2);
    assertThat(report.topics().get(0).smallFiles()).isEqualTo(2);
    assertThat(report.sizes().tooMany()).isFalse();
    assertThat(report.sizes().classes())
        .extracting(ReportData.SizeClass::files)
        .containsExactly(1L, 0L, 0L, 1L, 1L, 0L, 0L, 1L);
    assertThat(report.sizes().classes().get(7).bytes()).isEqualTo(1L << 40);
  }

  @Test
  void manySmallFilesAreTooMany() {
    for (int i = 0; i < 1_000; i++) {
      commits.land(i, 1, of("a", 0, 1));
    }
    assertThat(report().sizes().tooMany()).isTrue();
  }
}
