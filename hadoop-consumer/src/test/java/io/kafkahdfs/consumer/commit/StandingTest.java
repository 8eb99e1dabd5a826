package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.consumer.commit.Standing.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandingTest {
  private final List<Commit> commits = new ArrayList<>();

  private static LandedFile file(String path, long bytes) {
    return new LandedFile(
        "staged", path, List.of(new LandedFile.Part("events", 0, 0, 9, 10)), bytes, "00000000");
  }

  private static Rollback.Move move(String path, long rollback, long bytes) {
    return new Rollback.Move(path, rollback + "/" + path, bytes);
  }

  /** A load that lands files, which are told apart by their bytes. */
  private StandingTest land(LandedFile... files) {
    return add(null, List.of(files));
  }

  private StandingTest rollBack(
      long to, List<Rollback.Move> trashed, List<Rollback.Move> restored) {
    return add(
        new ManualChange(null, new Rollback(to, trashed, restored, true, List.of()), List.of()),
        List.of());
  }

  private StandingTest setOffsets() {
    return add(new ManualChange("why", null, List.of()), List.of());
  }

  private StandingTest add(ManualChange change, List<LandedFile> files) {
    commits.add(
        new Commit(
            Commit.VERSION,
            commits.size() + 1,
            "run-" + (commits.size() + 1),
            "user",
            "host",
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:01Z",
            List.of(),
            ProtocolRun.CLUSTER,
            ProtocolRun.LOAD,
            change,
            List.of(),
            files,
            List.of(),
            List.of(),
            null,
            1L,
            null,
            null));
    return this;
  }

  private Standing standing() {
    return ProtocolRun.standing(commits);
  }

  private List<Long> numbersAt(long number) {
    return List.copyOf(standing().numbersAt(number));
  }

  @Test
  void aLoadWithoutCommitsHoldsNothing() {
    assertThat(standing().last()).isZero();
    assertThat(numbersAt(0)).isEmpty();
    assertThat(standing().filesAt(0)).isEmpty();
    assertThat(standing().trashed()).isEmpty();
  }

  @Test
  void allCommitsStandUntilOneGoesBack() {
    land(file("a", 1)).setOffsets().land(file("b", 2));

    assertThat(standing().last()).isEqualTo(3);
    assertThat(numbersAt(3)).containsExactly(1L, 2L, 3L);
    assertThat(numbersAt(2)).containsExactly(1L, 2L);
    assertThat(standing().filesAt(3))
        .containsExactly(
            Map.entry("a", new Held(1, file("a", 1))), Map.entry("b", new Held(3, file("b", 2))));
    assertThat(standing().filesAt(2)).containsOnlyKeys("a");
  }

  @Test
  void whatWasRolledBackStandsNoMoreAndIsInTheTrash() {
    land(file("a", 1)).land(file("b", 2)).rollBack(1, List.of(move("b", 3, 2)), List.of());

    assertThat(numbersAt(3)).containsExactly(1L, 3L);
    assertThat(standing().filesAt(3)).containsOnlyKeys("a");
    assertThat(standing().trashed()).containsOnly(Map.entry(new Held(2, file("b", 2)), "3/b"));
  }

  @Test
  void pathsComeAgain() {
    land(file("a", 1))
        .rollBack(0, List.of(move("a", 2, 1)), List.of())
        .land(file("a", 7))
        .rollBack(0, List.of(move("a", 4, 7)), List.of())
        .land(file("a", 9));

    assertThat(numbersAt(5)).containsExactly(4L, 5L);
    assertThat(standing().filesAt(5)).containsOnly(Map.entry("a", new Held(5, file("a", 9))));
    assertThat(standing().trashed())
        .containsOnly(
            Map.entry(new Held(1, file("a", 1)), "2/a"),
            Map.entry(new Held(3, file("a", 7)), "4/a"));
  }

  @Test
  void whatAnotherRollbackBringsBackStandsAgain() {
    land(file("a", 1)).land(file("b", 2));
    rollBack(1, List.of(move("b", 3, 2)), List.of());
    land(file("b", 5));
    rollBack(2, List.of(move("b", 5, 5)), List.of(move("b", 3, 2)));

    assertThat(numbersAt(5)).containsExactly(1L, 2L, 5L);
    assertThat(standing().filesAt(5))
        .containsOnly(
            Map.entry("a", new Held(1, file("a", 1))), Map.entry("b", new Held(2, file("b", 2))));
    assertThat(standing().trashed()).containsOnly(Map.entry(new Held(4, file("b", 5)), "5/b"));
    assertThat(numbersAt(4)).as("as it was").containsExactly(1L, 3L, 4L);
  }

  @Test
  void aFileThatWasMissingWhenItShouldGoIsNowhere() {
    land(file("a", 1), file("b", 2)).rollBack(0, List.of(move("b", 2, 2)), List.of());

    assertThat(standing().filesAt(2)).isEmpty();
    assertThat(standing().trashed()).containsOnly(Map.entry(new Held(1, file("b", 2)), "2/b"));
  }

  @Test
  void nobodyElseCanChangeIt() {
    land(file("a", 1));
    assertThatThrownBy(() -> standing().trashed().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theLineageKnowsTheSameOfNumbersAlone() {
    land().land().rollBack(1, List.of(), List.of()).land().rollBack(2, List.of(), List.of()).land();
    Lineage lineage = new Lineage();
    assertThat(lineage.standing()).isEmpty();
    commits.forEach(lineage::add);

    assertThat(lineage.last()).isEqualTo(6);
    assertThat(lineage.standing()).containsExactly(1L, 2L, 5L, 6L);
    for (long number = 0; number <= 6; number++) {
      assertThat(lineage.standingAt(number)).containsExactlyElementsOf(numbersAt(number));
    }
  }
}
