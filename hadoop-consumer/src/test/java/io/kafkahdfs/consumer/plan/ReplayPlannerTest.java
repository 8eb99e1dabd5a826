package io.kafkahdfs.consumer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayPlannerTest {
  private static final PartitionId EVENTS = new PartitionId("events", 1);

  private final InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);

  @BeforeEach
  void fill() {
    cluster.createTopic("events", 2);
    for (int i = 0; i < 20; i++) {
      cluster.append(EVENTS, TestRecord.of("k", "v"));
    }
  }

  private OffsetPlan plan(PartitionId partition, long from, long until, Tolerance onMissing)
      throws LoaderException {
    return new ReplayPlanner(cluster.describe(TopicFilter.of("events")), onMissing)
        .plan(new OffsetRange(partition, from, until));
  }

  private PartitionPlan planned(long from, long until, Tolerance onMissing) throws LoaderException {
    OffsetPlan plan = plan(EVENTS, from, until, onMissing);
    assertThat(plan.vanished()).isEmpty();
    assertThat(plan.partitions()).hasSize(1);
    return plan.partitions().get(0);
  }

  @Test
  void theRangeIsPlannedAndNothingElse() throws LoaderException {
    PartitionPlan plan = planned(5, 12, Tolerance.FAIL);

    assertThat(plan.range()).isEqualTo(new OffsetRange(EVENTS, 5, 12));
    assertThat(plan.lost().isEmpty()).isTrue();
    assertThat(plan.end()).isEqualTo(20);
    assertThat(plan.pinned()).isFalse();
    assertThat(planned(0, 20, Tolerance.FAIL).range().size()).isEqualTo(20);
  }

  @Test
  void aPartitionThatDoesNotExistIsNamed() {
    for (PartitionId nowhere : List.of(new PartitionId("events", 2), new PartitionId("none", 0))) {
      assertThatThrownBy(() -> plan(nowhere, 0, 1, Tolerance.FAIL))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining(nowhere.toString())
          .hasMessageContaining("--partition");
    }
  }

  @Test
  void whatIsNotThereYetIsRefused() {
    assertThatThrownBy(() -> plan(EVENTS, 5, 21, Tolerance.SKIP))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("events-1 ends at 20.")
        .hasMessageContaining("--until of 20 or less, not 21");
  }

  @Test
  void whatIsUndecidedIsNotThereYet() throws IOException {
    cluster.tools().beginTransaction(EVENTS, List.of(TestRecord.of("k", "open")));

    assertThatThrownBy(() -> plan(EVENTS, 5, 21, Tolerance.SKIP))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("neither committed nor aborted")
        .hasMessageContaining("1 offsets");
  }

  @Test
  void whatRetentionRemovedIsRefusedOrLost() throws LoaderException {
    cluster.removeBefore(EVENTS, 8);

    assertThatThrownBy(() -> plan(EVENTS, 5, 12, Tolerance.FAIL))
        .isInstanceOfSatisfying(
            LoaderException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_LOST))
        .hasMessageContaining("events-1 [5, 8)")
        .hasMessageContaining("--from 8", "--on-missing skip");
    PartitionPlan plan = planned(5, 12, Tolerance.SKIP);
    assertThat(plan.lost()).isEqualTo(new OffsetRange(EVENTS, 5, 8));
    assertThat(plan.range()).isEqualTo(new OffsetRange(EVENTS, 8, 12));
  }

  @Test
  void aRangeThatIsAllGoneIsAllLost() throws LoaderException {
    cluster.removeBefore(EVENTS, 15);

    PartitionPlan plan = planned(5, 12, Tolerance.SKIP);
    assertThat(plan.lost()).isEqualTo(new OffsetRange(EVENTS, 5, 12));
    assertThat(plan.range().isEmpty()).isTrue();
    assertThat(planned(15, 20, Tolerance.FAIL).lost().isEmpty()).isTrue();
  }
}
