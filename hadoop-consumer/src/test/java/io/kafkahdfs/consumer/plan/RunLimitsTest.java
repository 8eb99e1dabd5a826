package io.kafkahdfs.consumer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.offset.PartitionId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunLimitsTest {
  private static PartitionPlan partition(int number, long records, double bytesPerRecord) {
    return new PartitionPlan(
        new PartitionId("t", number), 0, 0, records, records, bytesPerRecord, null, false);
  }

  private static List<Long> records(RunLimits limits, PartitionPlan... partitions) {
    return limits.apply(List.of(partitions)).stream().map(PartitionPlan::until).toList();
  }

  @Test
  void theSmallGetAllAndTheLargeShareTheRest() {
    assertThat(RunLimits.share(new long[] {100, 3, 100}, 53)).containsExactly(25, 3, 25);
  }

  @Test
  void whatCannotBeDividedGoesToTheFullest() {
    assertThat(RunLimits.share(new long[] {5, 9, 7}, 2)).containsExactly(0, 1, 1);
  }

  @Test
  void aLimitAboveAllLeavesAllAsItIs() {
    assertThat(RunLimits.share(new long[] {5, 0, 7}, 1000)).containsExactly(5, 0, 7);
  }

  @Test
  void noShareIsWasted() {
    for (long total = 0; total < 40; total++) {
      long[] shares = RunLimits.share(new long[] {1, 13, 2, 0, 9, 6}, total);
      assertThat(Arrays.stream(shares).sum()).isEqualTo(Math.min(total, 31));
    }
  }

  @Test
  void bytesAreSharedAsBytes() {
    RunLimits limits = new RunLimits(Optional.empty(), Optional.of(1000L));
    assertThat(records(limits, partition(0, 1000, 10), partition(1, 1000, 100)))
        .containsExactly(50L, 5L);
  }

  @Test
  void aLimitBelowOneRecordLetsOneThrough() {
    RunLimits limits = new RunLimits(Optional.empty(), Optional.of(1L));
    assertThat(records(limits, partition(0, 10, 100), partition(1, 20, 100)))
        .containsExactly(0L, 1L);
  }

  @Test
  void bothLimitsHold() {
    RunLimits limits = new RunLimits(Optional.of(6L), Optional.of(1000L));
    assertThat(records(limits, partition(0, 1000, 10), partition(1, 1000, 100)))
        .containsExactly(3L, 3L);
  }
}
