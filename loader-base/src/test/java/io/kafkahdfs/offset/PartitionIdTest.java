package io.kafkahdfs.offset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionIdTest {
  private final PartitionId id = new PartitionId("events", 1);

  @Test
  void equalsByTopicAndNumber() {
    assertThat(id)
        .isEqualTo(new PartitionId(new String("events"), 1))
        .hasSameHashCodeAs(new PartitionId("events", 1))
        .isNotEqualTo(new PartitionId("events", 2))
        .isNotEqualTo(new PartitionId("clicks", 1))
        .isNotEqualTo("events-1")
        .isNotEqualTo(null);
  }
}
