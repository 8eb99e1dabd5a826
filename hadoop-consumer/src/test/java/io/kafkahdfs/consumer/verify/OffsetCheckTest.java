package io.kafkahdfs.consumer.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.Compacted;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.LeavingFile;
import io.kafkahdfs.consumer.commit.ManualChange;
import io.kafkahdfs.consumer.plan.ClusterIdentity;
import io.kafkahdfs.consumer.plan.LoadIdentity;
import io.kafkahdfs.consumer.verify.Finding.Kind;
import io.kafkahdfs.offset.OffsetTally;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OffsetCheckTest {
  private static Commit commit(long number, long from, long until, LandedFile... files) {
    long records = until - from;
    return commit(
        number,
        null,
        List.of(
            new Commit.Partition(
                "t", 0, from, until, new OffsetTally(records, 0, 0, 0, 0), List.of(), records, 0)),
        List.of(files),
        until);
  }

  private static Commit commit(
      long number,
      ManualChange change,
      List<Commit.Partition> partitions,
      List<LandedFile> files,
      long next) {
    return new Commit(
        Commit.VERSION,
        number,
        "run",
        "user",
        "host",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:01Z",
        List.of("broker:9092"),
        new ClusterIdentity(Generation.LEGACY, null, new TreeMap<>(), null),
        new LoadIdentity(List.of("t"), null, null, "avro"),
        change,
        partitions,
        files,
        List.of(new Commit.Next("t", 0, next, null, null, null)),
        List.of(),
        null,
        1L,
        null,
        null);
  }

  private static LandedFile file(long first, long last, long records) {
    return new LandedFile(
        "s",
        "t/" + first,
        List.of(new LandedFile.Part("t", 0, first, last, records)),
        1,
        "00000000");
  }

  private static List<Finding> check(List<Commit> standing) {
    OffsetCheck check = new OffsetCheck();
    standing.forEach(check::take);
    return check.findings();
  }

  @Test
  void whatFollowsOnEachOtherIsGood() {
    assertThat(
            check(
                List.of(
                    commit(1, 5, 10, file(5, 7, 3), file(8, 9, 2)),
                    commit(2, 10, 20, file(10, 19, 10)))))
        .isEmpty();
  }

  @Test
  void offsetsThatNobodyAccountsFor() {
    assertThat(check(List.of(commit(1, 5, 10, file(5, 9, 5)), commit(2, 12, 20, file(12, 19, 8)))))
        .extracting(Finding::kind, Finding::commit, Finding::where, Finding::detail)
        .containsExactly(tuple(Kind.MISSING, 2L, "t-0", "offsets 10 to 11"));
  }

  @Test
  void offsetsThatTwoCommitsHold() {
    assertThat(check(List.of(commit(1, 5, 10, file(5, 9, 5)), commit(2, 8, 20, file(8, 19, 12)))))
        .extracting(Finding::kind, Finding::detail)
        .containsExactly(tuple(Kind.DOUBLED, "offsets 8 to 9"));
  }

  @Test
  void offsetsThatWereSetAreAccountedFor() {
    ManualChange change =
        new ManualChange("x", null, List.of(new ManualChange.OffsetEdit("t", 0, 10L, 15)));
    Commit edit = commit(2, change, List.of(), List.of(), 15);
    Commit first = commit(1, 5, 10, file(5, 9, 5));
    assertThat(check(List.of(first, edit, commit(3, 15, 20, file(15, 19, 5))))).isEmpty();
    assertThat(check(List.of(first, edit, commit(3, 16, 20, file(16, 19, 4)))))
        .extracting(Finding::detail)
        .containsExactly("offsets 15 to 15");
  }

  @Test
  void filesThatDoNotFitTheirRange() {
    assertThat(check(List.of(commit(1, 0, 10, file(0, 6, 5), file(5, 9, 6)))))
        .extracting(Finding::kind)
        .containsExactly(Kind.DOUBLED);
    assertThat(check(List.of(commit(1, 0, 10, file(0, 12, 10)))))
        .extracting(Finding::kind)
        .containsExactly(Kind.DOUBLED);
    assertThat(check(List.of(commit(1, 0, 10, file(0, 6, 7)))))
        .extracting(Finding::kind, Finding::detail)
        .containsExactly(tuple(Kind.MISSING, "it has 10 records, and its files 7"));
  }

  @Test
  void mergedFilesHaveTheRecordsOfEachPartition() {
    LandedFile small = file(0, 9, 10);
    LandedFile other = of("other", new LandedFile.Part("t", 1, 0, 4, 5));
    Commit load = commit(1, null, List.of(), List.of(small, other), 10);
    ManualChange change =
        new ManualChange(
            null,
            null,
            List.of(),
            null,
            null,
            new Compacted("all", List.of(leaving(small), leaving(other))),
            null);
    LandedFile right =
        of("right", new LandedFile.Part("t", 0, 0, 9, 10), new LandedFile.Part("t", 1, 0, 4, 5));
    LandedFile wrong =
        of("wrong", new LandedFile.Part("t", 0, 0, 9, 11), new LandedFile.Part("t", 1, 0, 4, 4));

    assertThat(check(List.of(load, commit(2, change, List.of(), List.of(right), 10)))).isEmpty();
    assertThat(check(List.of(load, commit(2, change, List.of(), List.of(wrong), 10))))
        .extracting(Finding::kind, Finding::where, Finding::detail)
        .containsExactlyInAnyOrder(
            tuple(
                Kind.DOUBLED, "t-0", "its files have 1 records more than those that they replace"),
            tuple(
                Kind.MISSING, "t-1", "its files have 1 records less than those that they replace"));
  }

  private static LandedFile of(String name, LandedFile.Part... parts) {
    return new LandedFile("s/" + name, "t/" + name, List.of(parts), 5, "00000000");
  }

  private static LeavingFile leaving(LandedFile file) {
    return new LeavingFile(
        file.path(), "0000000002/" + file.path(), file.bytes(), 1, file.records());
  }

  @Test
  void filesMayOverlapAsLongAsTheirRecordsAddUp() {
    assertThat(check(List.of(commit(1, 0, 10, file(0, 8, 5), file(1, 9, 5))))).isEmpty();
  }

  @Test
  void aCommitThatMovesOffsetsAndLandsNothing() {
    Commit empty = commit(2, null, List.of(), List.of(), 17);
    assertThat(check(List.of(commit(1, 5, 10, file(5, 9, 5)), empty)))
        .extracting(Finding::kind, Finding::detail)
        .containsExactly(tuple(Kind.MISSING, "offsets 10 to 16"));
  }
}
