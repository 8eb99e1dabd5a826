package io.kafkahdfs.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final Comparison comparison =
      new Comparison("load", 2_000_000_000, Set.of("read", "write"));

  @Test
  void takesMediansOfTheRounds() {
    add(1, 2, 3);
    add(5, 4, 10);
    add(2, 4, 8);

    Comparison.Row read = comparison.rows().get(0);
    assertThat(read.what()).isEqualTo("read");
    assertThat(read.seconds()).isEqualTo(2);
    assertThat(read.megabytesPerSecond()).isEqualTo(1000);
    assertThat(read.processSeconds()).isEqualTo(3);
    // 20 CPU seconds for 2 GB.
    assertThat(read.cpuSecondsPerGigabyte()).isEqualTo(10);
    assertThat(read.serverSecondsPerGigabyte()).isEqualTo(4);
    assertThat(read.ratio()).isNull();
  }

  @Test
  void comparesTheJobWithTheSlowestBareProgramOfItsOwnRound() {
    add(1, 2, 3);
    add(5, 4, 10);
    add(2, 4, 8);

    Comparison.Row job = comparison.rows().get(2);
    assertThat(job.what()).isEqualTo("job");
    // 3/2, 10/5 and 8/4.
    assertThat(job.ratio()).isEqualTo(2);
    add(8, 1, 8);
    assertThat(comparison.rows().get(2).ratio()).isEqualTo(1.75);
  }

  private void add(double read, double write, double job) {
    Map<String, Cost> round = new LinkedHashMap<>();
    round.put("read", cost(read));
    round.put("write", cost(write));
    round.put("job", cost(job));
    comparison.add(round);
  }

  private static Cost cost(double seconds) {
    return new Cost(seconds, seconds + 1, 10 * seconds, 4 * seconds, 0);
  }
}
