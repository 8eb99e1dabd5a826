package io.kafkahdfs.consumer.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import org.junit.jupiter.api.Test;

class RangeAccountTest {
  private static final PartitionId EVENTS = new PartitionId("events", 0);
  private final RangeAccount account = new RangeAccount(new OffsetRange(EVENTS, 10, 30));

  @Test
  void everyOffsetIsCountedOnce() {
    account.record(10, 5);
    account.record(13, 7);
    account.endOfBatch(15);
    account.bad(new OffsetRange(EVENTS, 16, 18));
    account.lost(new OffsetRange(EVENTS, 18, 25));
    account.record(25, 1);
    account.endOfBatch(30);

    assertThat(account.read()).isEqualTo(3);
    assertThat(account.bytes()).isEqualTo(13);
    assertThat(account.bad()).isEqualTo(2);
    assertThat(account.lost()).isEqualTo(7);
    assertThat(account.invisible()).isEqualTo(2 + 1 + 1 + 4);
    assertThat(account.position()).isEqualTo(30);
  }

  @Test
  void aRecordThatComesTwiceIsAFault() {
    account.record(10, 5);
    assertThatThrownBy(() -> account.record(10, 5)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingOutsideTheRangeIsCounted() {
    assertThatThrownBy(() -> account.record(9, 5)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> account.record(30, 5)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> account.endOfBatch(31)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> account.endOfBatch(9)).isInstanceOf(IllegalStateException.class);
  }
}
