package io.kafkahdfs.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OffsetRangeTest {
  private static final PartitionId EVENTS = new PartitionId("events", 3);

  private static OffsetRange range(long from, long until) {
    return new OffsetRange(EVENTS, from, until);
  }

  @Test
  void isHalfOpen() {
    OffsetRange range = range(5, 8);
    assertThat(range.size()).isEqualTo(3);
    assertThat(range.contains(4)).isFalse();
    assertThat(range.contains(5)).isTrue();
    assertThat(range.contains(7)).isTrue();
    assertThat(range.contains(8)).isFalse();
    assertThat(range(5, 5).isEmpty()).isTrue();
    assertThat(range).hasToString("events-3 [5, 8)");
  }

  @Test
  void refusesWhatIsNoRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> range(-1, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> range(4, 3));
  }

  @Test
  void isCutAtAnOffset() {
    assertThat(range(5, 8).startingAt(6)).isEqualTo(range(6, 8));
    assertThat(range(5, 8).endingAt(6)).isEqualTo(range(5, 6));
    assertThat(range(5, 8).startingAt(8).isEmpty()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> range(5, 8).startingAt(9));
    assertThatIllegalArgumentException().isThrownBy(() -> range(5, 8).endingAt(4));
  }

  @Test
  void partitionsAreOrderedByTopicAndNumber() {
    assertThat(new PartitionId("a", 10)).isGreaterThan(new PartitionId("a", 9));
    assertThat(new PartitionId("b", 0)).isGreaterThan(new PartitionId("a", 9));
    assertThatIllegalArgumentException().isThrownBy(() -> new PartitionId("", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new PartitionId("a", -1));
  }

  @Test
  void aCheckpointKeepsWhatItIsNotToldOf() {
    PartitionId other = new PartitionId("other", 0);
    Checkpoint first = Checkpoint.NONE.advancedTo(Map.of(EVENTS, 5L, other, 7L));
    Checkpoint second = first.advancedTo(Map.of(EVENTS, 6L));
    assertThat(second.next(EVENTS)).hasValue(6);
    assertThat(second.next(other)).hasValue(7);
    assertThat(first.next(EVENTS)).hasValue(5);
    assertThat(second.next(new PartitionId("new", 0))).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> first.advancedTo(Map.of(EVENTS, -1L)));
  }
}
