package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.split.PlannedSplit;
import io.kafkahdfs.consumer.split.RunPlan;
import io.kafkahdfs.consumer.write.WrittenFile;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
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
        "now",
        List.of("broker:1"),
        ProtocolRun.CLUSTER,
        ProtocolRun.LOAD,
        mayEndEarly,
        mayFilter,
        new OffsetPlan(List.of(partition), List.of()),
        List.of(
            new PlannedSplit(List.of(BACK), List.of(), 1),
            new PlannedSplit(List.of(FRONT), List.of(), 1)));
  }

  private static TaskManifest manifest(RangeOutcome outcome) {
    OffsetRange range = outcome.range();
    List<WrittenFile> files =
        outcome.written() == 0
            ? List.of()
            : List.of(
                new WrittenFile(
                    "f", "t" + range.from(), EVENTS, range.from(), range.from(), 1, 1, "00000000"));
    return new TaskManifest("attempt-" + range.from(), List.of(outcome), files);
  }

  private static RangeOutcome outcome(OffsetRange range, long end, long written, long filtered) {
    return new RangeOutcome(range, end, written, filtered, 0, 0, 0, written, written * 50);
  }

  private static Commit assemble(RunPlan plan, RangeOutcome... outcomes) throws LoaderException {
    return CommitAssembly.assemble(
        plan,
        java.util.Arrays.stream(outcomes).map(CommitAssemblyTest::manifest).toList(),
        Optional.empty(),
        "later");
  }

  @Test
  void everyOffsetIsAccountedFor() throws LoaderException {
    Commit commit = assemble(plan(false, true), outcome(BACK, 30, 10, 0), outcome(FRONT, 20, 6, 4));

    assertThat(commit.partitions())
        .containsExactly(
            new Commit.Partition(
                "events", 0, 5, 30, 16, 4, 0, 0, 5, List.of(new Commit.Gap(5, 10)), 16, 800));
    assertThat(commit.files()).extracting(Commit.File::path).containsExactly("t10", "t20");
    assertThat(commit.next()).containsExactly(new Commit.Next("events", 0, 30, 42L, 40.0));
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
    assertThat(commit.files()).extracting(Commit.File::path).containsExactly("t10");
    assertThat(commit.partitions().get(0).written()).isEqualTo(5);
  }

  @Test
  void anEarlyEndInTheLastRangeTakesAllBeforeIt() throws LoaderException {
    Commit commit = assemble(plan(true, false), outcome(FRONT, 20, 10, 0), outcome(BACK, 22, 2, 0));

    assertThat(commit.next()).extracting(Commit.Next::offset).containsExactly(22L);
    assertThat(commit.files()).hasSize(2);
  }
}
