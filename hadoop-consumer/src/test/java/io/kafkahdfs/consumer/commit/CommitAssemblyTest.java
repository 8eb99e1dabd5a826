package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.consumer.plan.BadLimit;
import io.kafkahdfs.consumer.plan.FingerprintCheck;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.write.BadRecord;
import io.kafkahdfs.consumer.write.FilePart;
import io.kafkahdfs.consumer.write.LateRecords;
import io.kafkahdfs.consumer.write.RangeOutcome;
import io.kafkahdfs.consumer.write.TaskManifest;
import io.kafkahdfs.consumer.write.WrittenFile;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommitAssemblyTest {
  private static final PartitionId EVENTS = new PartitionId("events", 0);
  private static final OffsetRange FRONT = new OffsetRange(EVENTS, 10, 20);
  private static final OffsetRange BACK = new OffsetRange(EVENTS, 20, 30);

  private static RunPlan plan(boolean mayEndEarly, boolean mayFilter) {
    PartitionPlan partition = new PartitionPlan(EVENTS, 5, 10, 30, 42, 100, null, true);
    return new RunPlan(
        "run",
        1,
        "user",
        "host",
        "2026-01-01T00:00:00Z",
        List.of("broker:1"),
        ProtocolRun.CLUSTER,
        ProtocolRun.LOAD,
        mayEndEarly,
        mayFilter,
        new OffsetPlan(List.of(partition), List.of()),
        List.of(
            new PlannedSplit(List.of(BACK), List.of(), 1),
            new PlannedSplit(List.of(FRONT), List.of(), 1)),
        null,
        BadLimit.parse("25%"));
  }

  private static TaskManifest manifest(RangeOutcome outcome) {
    OffsetRange range = outcome.range();
    List<WrittenFile> files =
        outcome.tally().written() == 0
            ? List.of()
            : List.of(
                new WrittenFile(
                    "f",
                    "t" + range.from(),
                    List.of(new FilePart(EVENTS, range.from(), range.from(), 1)),
                    1,
                    "00000000"));
    return new TaskManifest("attempt-" + range.from(), List.of(outcome), files);
  }

  private static RangeOutcome outcome(OffsetRange range, long end, long written, long filtered) {
    return new RangeOutcome(
        range, end, new OffsetTally(written, filtered, 0, 0, 0), written, written * 50, null);
  }

  private static Commit assemble(RunPlan plan, RangeOutcome... outcomes) throws LoaderException {
    return assemble(plan, Optional.empty(), outcomes);
  }

  private static Commit assemble(RunPlan plan, Optional<Commit> previous, RangeOutcome... outcomes)
      throws LoaderException {
    return CommitAssembly.assemble(
        plan,
        java.util.Arrays.stream(outcomes).map(CommitAssemblyTest::manifest).toList(),
        previous,
        "2026-01-01T00:00:01Z");
  }

  private static RecordFingerprint fingerprint(long offset) {
    return new RecordFingerprint(offset, "00000000", -1, -1);
  }

  private static RangeOutcome outcome(OffsetRange range, long end, RecordFingerprint last) {
    long written = last == null ? 0 : 1;
    return new RangeOutcome(
        range,
        end,
        new OffsetTally(written, 0, 0, end - range.from() - written, 0),
        written,
        10,
        last);
  }

  private static RunPlan with(RunPlan plan, FingerprintCheck.Mark mark) {
    return new RunPlan(
        plan.run(),
        plan.number(),
        plan.user(),
        plan.host(),
        plan.started(),
        plan.bootstrapServers(),
        plan.cluster(),
        plan.load(),
        plan.mayEndEarly(),
        plan.mayFilter(),
        new OffsetPlan(
            plan.offsets().partitions(),
            List.of(),
            new FingerprintCheck.Result(List.of(mark), List.of()),
            false,
            List.of()),
        plan.splits(),
        null,
        plan.maxBad());
  }

  /** All of a range was read; those at the end are bad, and put aside. */
  private static TaskManifest withBad(OffsetRange range, long bad) {
    long first = range.until() - bad;
    RangeOutcome outcome =
        new RangeOutcome(
            range,
            range.until(),
            new OffsetTally(range.size() - bad, 0, bad, 0, 0),
            range.size() - bad,
            400,
            null,
            bad);
    return new TaskManifest(
        "attempt-" + range.from(),
        List.of(outcome),
        List.of(
            new WrittenFile(
                "quarantine/f",
                "_quarantine/t" + range.from(),
                List.of(new FilePart(EVENTS, first, range.until() - 1, bad)),
                1,
                "00000000",
                true,
                null)),
        List.of(new BadRecord(new OffsetRange(EVENTS, first, first + 1), "is bad")));
  }

  private static Commit assemble(TaskManifest... manifests) throws LoaderException {
    return CommitAssembly.assemble(
        plan(false, false), List.of(manifests), Optional.empty(), "2026-01-01T00:00:00Z");
  }

  @Test
  void whatIsBadIsCountedAndItsFilesAreToldApart() throws LoaderException {
    Commit commit = assemble(withBad(BACK, 4), withBad(FRONT, 1));

    Commit.Partition partition = commit.partitions().get(0);
    assertThat(partition.tally()).isEqualTo(new OffsetTally(15, 0, 5, 0, 5));
    assertThat(partition.records()).isEqualTo(15);
    assertThat(partition.held()).isEqualTo(5);
    assertThat(commit.files())
        .extracting(LandedFile::staged, LandedFile::path, LandedFile::holdsBad)
        .containsExactly(
            tuple("attempt-10/quarantine/f", "_quarantine/t10", true),
            tuple("attempt-20/quarantine/f", "_quarantine/t20", true));
    // Of 20 records, as bad ones were read too.
    assertThat(commit.next().get(0).bytesPerRecord()).isEqualTo(40);
  }

  @Test
  void moreThanMayBeBadStopTheCommit() {
    assertThatThrownBy(() -> assemble(withBad(BACK, 4), withBad(FRONT, 2)))
        .isInstanceOf(LoaderException.class)
        .hasMessageContainingAll(
            "6 of 20 records are bad",
            "--max-bad is 25%",
            "events-0@18 is bad; events-0@26 is bad",
            "Nothing was committed");
  }

  @Test
  void everyOffsetIsAccountedFor() throws LoaderException {
    Commit commit = assemble(plan(false, true), outcome(BACK, 30, 10, 0), outcome(FRONT, 20, 6, 4));

    assertThat(commit.partitions())
        .containsExactly(
            new Commit.Partition(
                "events",
                0,
                5,
                30,
                new OffsetTally(16, 4, 0, 0, 5),
                List.of(new Commit.Gap(5, 10)),
                16,
                800));
    assertThat(commit.files()).extracting(LandedFile::path).containsExactly("t10", "t20");
    assertThat(commit.next()).containsExactly(new Commit.Next("events", 0, 30, 42L, 40.0, null));
  }

  @Test
  void aRangeThatNobodyReadStopsTheCommit() {
    assertThatThrownBy(() -> assemble(plan(false, false), outcome(FRONT, 20, 10, 0)))
        .hasMessageContaining(BACK.toString());
  }

  @Test
  void aSumThatIsTooSmallStopsTheCommit() {
    assertThatThrownBy(
            () -> assemble(plan(false, false), outcome(FRONT, 20, 9, 0), outcome(BACK, 30, 10, 0)))
        .hasMessageContaining("do not add up")
        .hasMessageContaining("9 written");
  }

  @Test
  void aRecordThatNoMapperLeftOutMustBeWritten() {
    assertThatThrownBy(
            () -> assemble(plan(false, false), outcome(FRONT, 20, 9, 1), outcome(BACK, 30, 10, 0)))
        .hasMessageContaining("never written");
  }

  @Test
  void aRangeReadTwiceStopsTheCommit() {
    assertThatThrownBy(
            () ->
                assemble(plan(false, false), outcome(FRONT, 20, 10, 0), outcome(FRONT, 20, 10, 0)))
        .hasMessageContaining("Two tasks read");
  }

  @Test
  void anEarlyEndStopsTheCommitUnlessItIsAllowed() {
    assertThatThrownBy(
            () -> assemble(plan(false, false), outcome(FRONT, 15, 5, 0), outcome(BACK, 30, 10, 0)))
        .hasMessageContaining("ended at offset 15");
  }

  @Test
  void behindAnEarlyEndNothingIsTaken() throws LoaderException {
    Commit commit = assemble(plan(true, false), outcome(FRONT, 15, 5, 0), outcome(BACK, 30, 10, 0));

    assertThat(commit.next()).extracting(Commit.Next::offset).containsExactly(15L);
    assertThat(commit.files()).extracting(LandedFile::path).containsExactly("t10");
    assertThat(commit.partitions().get(0).tally().written()).isEqualTo(5);
  }

  @Test
  void anEarlyEndInTheLastRangeTakesAllBeforeIt() throws LoaderException {
    Commit commit = assemble(plan(true, false), outcome(FRONT, 20, 10, 0), outcome(BACK, 22, 2, 0));

    assertThat(commit.next()).extracting(Commit.Next::offset).containsExactly(22L);
    assertThat(commit.files()).hasSize(2);
  }

  @Test
  void theLastRecordOfAPartitionIsKeptWhicheverSplitReadIt() throws LoaderException {
    RunPlan plan = plan(false, false);

    assertThat(
            assemble(plan, outcome(BACK, 30, fingerprint(27)), outcome(FRONT, 20, fingerprint(19)))
                .next())
        .extracting(Commit.Next::fingerprint)
        .containsExactly(fingerprint(27));
    assertThat(assemble(plan, outcome(BACK, 30, null), outcome(FRONT, 20, fingerprint(12))).next())
        .as("the last range holds no records")
        .extracting(Commit.Next::fingerprint)
        .containsExactly(fingerprint(12));
  }

  @Test
  void ofWhatIsReadAgainNoRecordIsKept() throws LoaderException {
    RunPlan plan = plan(true, false);

    assertThat(
            assemble(plan, outcome(FRONT, 15, fingerprint(14)), outcome(BACK, 30, fingerprint(29)))
                .next())
        .extracting(Commit.Next::offset, Commit.Next::fingerprint)
        .containsExactly(tuple(15L, fingerprint(14)));
  }

  @Test
  void whereNoRecordWasReadTheOneThatWasKnownIsKept() throws LoaderException {
    RunPlan plan = plan(false, false);
    Commit before = assemble(plan, outcome(FRONT, 20, fingerprint(13)), outcome(BACK, 30, null));

    assertThat(
            assemble(plan, Optional.of(before), outcome(FRONT, 20, null), outcome(BACK, 30, null))
                .next())
        .extracting(Commit.Next::fingerprint)
        .containsExactly(fingerprint(13));
    RunPlan marked = with(plan, new FingerprintCheck.Mark(EVENTS, fingerprint(4)));
    assertThat(
            assemble(marked, Optional.of(before), outcome(FRONT, 20, null), outcome(BACK, 30, null))
                .next())
        .as("it cannot be seen any more, and another one can")
        .extracting(Commit.Next::fingerprint)
        .containsExactly(fingerprint(4));
    assertThat(
            assemble(
                    marked,
                    Optional.of(before),
                    outcome(FRONT, 20, fingerprint(19)),
                    outcome(BACK, 30, null))
                .next())
        .extracting(Commit.Next::fingerprint)
        .containsExactly(fingerprint(19));
  }

  @Test
  void aLastRecordThatIsNotOfItsRangeStopsTheCommit() {
    for (long offset : new long[] {9, 20}) {
      assertThatThrownBy(
              () ->
                  assemble(
                      plan(false, false),
                      outcome(FRONT, 20, fingerprint(offset)),
                      outcome(BACK, 30, null)))
          .hasMessageContaining("last record was at " + offset);
    }
  }

  private static TaskManifest with(TaskManifest manifest, LateRecords late) {
    WrittenFile file = manifest.files().get(0);
    return new TaskManifest(
        manifest.attempt(),
        manifest.outcomes(),
        List.of(
            new WrittenFile(
                file.staged(), file.target(), file.parts(), file.bytes(), "00000000", null, late)));
  }

  @Test
  void theCommitTellsWhatCameLateInItsFiles() throws LoaderException {
    LateRecords few = new LateRecords(3, "2026-01-02T00:00:00Z", "events/dt=2026-01-02");
    LateRecords old = new LateRecords(4, "2025-12-30T05:00:00Z", "events/dt=2025-12-30");
    for (boolean early : new boolean[] {false, true}) {
      long end = early ? FRONT.from() + 5 : FRONT.until();
      Commit commit =
          CommitAssembly.assemble(
              plan(early, false),
              List.of(
                  with(manifest(outcome(FRONT, end, end - FRONT.from(), 0)), few),
                  with(manifest(outcome(BACK, BACK.until(), BACK.size(), 0)), old)),
              Optional.empty(),
              "2026-01-05T00:00:00Z");

      // Where the first range ends early, the file of the other one is not landed.
      assertThat(commit.late()).isEqualTo(early ? few : few.plus(old));
    }
    assertThat(few.plus(old)).isEqualTo(old.plus(few));
    assertThat(few.plus(old)).isEqualTo(new LateRecords(7, old.oldest(), old.folder()));
    assertThat(
            assemble(plan(true, false), outcome(FRONT, 20, 10, 0), outcome(BACK, 30, 10, 0)).late())
        .isNull();
  }

  @Test
  void aFileWithARangeThatIsNotTakenIsRefused() {
    // FRONT ends early, so BACK is left for the next run; their files must not be one.
    TaskManifest both =
        new TaskManifest(
            "attempt",
            List.of(
                outcome(FRONT, FRONT.from() + 5, 5, 0),
                outcome(BACK, BACK.until(), BACK.size(), 0)),
            List.of(
                new WrittenFile(
                    "f",
                    "t",
                    List.of(
                        new FilePart(EVENTS, FRONT.from(), FRONT.from() + 4, 5),
                        new FilePart(EVENTS, BACK.from(), BACK.until() - 1, BACK.size())),
                    1,
                    "00000000")));

    assertThatThrownBy(
            () ->
                CommitAssembly.assemble(plan(true, false), List.of(both), Optional.empty(), "now"))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("ranges that are landed and others that are not");
  }
}
