package io.kafkahdfs.consumer.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.RepairStep.Lost;
import io.kafkahdfs.consumer.commit.Standing;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DamageSurveyTest {
  private static final PartitionId ZERO = new PartitionId("t", 0);
  private static final PartitionId ONE = new PartitionId("t", 1);

  private static LandedFile.Part part(PartitionId partition, long first, long last) {
    return new LandedFile.Part(
        partition.topic(), partition.partition(), first, last, last - first + 1);
  }

  private static Lost file(String name, boolean missing, LandedFile.Part... parts) {
    return new Lost(
        new Standing.Held(
            1, new LandedFile("s/" + name, "t/" + name, List.of(parts), 5, "00000000")),
        missing);
  }

  private static List<List<String>> together(Lost... files) {
    return DamageSurvey.together("t", Arrays.asList(files)).stream()
        .map(damage -> damage.files().stream().map(f -> f.held().file().path()).toList())
        .toList();
  }

  @Test
  void filesThatDoNotOverlapAreReplacedAlone() {
    assertThat(
            together(
                file("a", false, part(ZERO, 0, 9)),
                file("b", true, part(ZERO, 10, 19)),
                file("c", false, part(ZERO, 20, 29)),
                file("d", false, part(ONE, 12, 15))))
        .containsExactly(List.of("t/b"));
  }

  @Test
  void filesThatOverlapAreReplacedTogetherAlsoInAChain() {
    assertThat(
            together(
                file("a", true, part(ZERO, 0, 100)),
                file("b", false, part(ZERO, 1, 2)),
                file("c", false, part(ZERO, 100, 110)),
                file("d", false, part(ZERO, 105, 120), part(ONE, 0, 5)),
                file("e", false, part(ONE, 5, 9)),
                file("f", false, part(ONE, 10, 11)),
                file("g", true, part(ZERO, 121, 130))))
        .containsExactlyInAnyOrder(List.of("t/a", "t/b", "t/c", "t/d", "t/e"), List.of("t/g"));
  }

  @Test
  void rangesThatMeetAreOne() {
    Damage damage =
        new Damage(
            "t",
            List.of(
                file("a", true, part(ZERO, 0, 9), part(ONE, 4, 5)),
                file("b", true, part(ZERO, 10, 19), part(ZERO, 25, 29))));
    assertThat(damage.ranges().get(ZERO))
        .containsExactly(new OffsetRange(ZERO, 0, 20), new OffsetRange(ZERO, 25, 30));
    assertThat(damage.ranges().get(ONE)).containsExactly(new OffsetRange(ONE, 4, 6));
  }

  @Test
  void narrowGapsAreReadOverFirst() {
    List<OffsetRange> united =
        List.of(
            new OffsetRange(ZERO, 0, 10),
            new OffsetRange(ZERO, 12, 20),
            new OffsetRange(ZERO, 1000, 1010),
            new OffsetRange(ZERO, 1011, 1020));
    assertThat(Ranges.atMost(9, united)).isEqualTo(united);
    assertThat(Ranges.atMost(2, united))
        .containsExactly(new OffsetRange(ZERO, 0, 20), new OffsetRange(ZERO, 1000, 1020));
    assertThat(Ranges.atMost(1, united)).containsExactly(new OffsetRange(ZERO, 0, 1020));
  }
}
