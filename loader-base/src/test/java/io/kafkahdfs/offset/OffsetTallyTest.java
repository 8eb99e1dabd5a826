package io.kafkahdfs.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class OffsetTallyTest {
  private static final OffsetTally TALLY = new OffsetTally(1, 20, 300, 4_000, 50_000);
  private static final PartitionId EVENTS = new PartitionId("events", 3);

  @Test
  void theTotalCountsEachKind() {
    assertThat(TALLY.total()).isEqualTo(54_321);
    assertThat(TALLY.read()).isEqualTo(21);
    assertThat(OffsetTally.NONE.total()).isZero();
    assertThat(OffsetTally.ofLost(7)).isEqualTo(new OffsetTally(0, 0, 0, 0, 7));
  }

  @Test
  void talliesAddUpKindByKind() {
    assertThat(TALLY.plus(new OffsetTally(1, 2, 3, 4, 5)))
        .isEqualTo(new OffsetTally(2, 22, 303, 4_004, 50_005));
    assertThat(TALLY.plus(OffsetTally.NONE)).isEqualTo(TALLY);
    assertThat(TALLY.withoutLost(50_000)).isEqualTo(new OffsetTally(1, 20, 300, 4_000, 0));
  }

  @Test
  void aSumThatIsNotTheRangesIsNamedWithAllCounts() {
    assertThatCode(() -> TALLY.check(new OffsetRange(EVENTS, 5, 54_326)))
        .doesNotThrowAnyException();
    for (long until : new long[] {54_325, 54_327}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TALLY.check(new OffsetRange(EVENTS, 5, until)))
          .withMessage(
              "The offsets of events-3 [5, "
                  + until
                  + ") do not add up: 1 written + 20 filtered + 300 bad + 4000 invisible"
                  + " + 50000 lost = 54321, not "
                  + (until - 5));
    }
  }

  @Test
  void noCountIsNegative() {
    for (List<Long> counts :
        List.of(
            List.of(-1L, 0L, 0L, 0L, 0L),
            List.of(0L, -1L, 0L, 0L, 0L),
            List.of(0L, 0L, -1L, 0L, 0L),
            List.of(0L, 0L, 0L, -1L, 0L),
            List.of(0L, 0L, 0L, 0L, -1L))) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new OffsetTally(
                      counts.get(0), counts.get(1), counts.get(2), counts.get(3), counts.get(4)))
          .withMessageContaining("-1");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TALLY.withoutLost(50_001))
        .withMessageContaining("-1 lost");
  }

  @Test
  void moreThanFitsIsRefusedAndNotWrappedAround() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OffsetTally(Long.MAX_VALUE, 0, 1, 0, 0))
        .withMessageContaining(Long.MAX_VALUE + " written");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OffsetTally(Long.MAX_VALUE, Long.MAX_VALUE, 2, 0, 0));
    OffsetTally most = new OffsetTally(0, Long.MAX_VALUE, 0, 0, 0);
    assertThat(most.total()).isEqualTo(Long.MAX_VALUE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> most.plus(new OffsetTally(0, 1, 0, 0, 0)));
  }
}
