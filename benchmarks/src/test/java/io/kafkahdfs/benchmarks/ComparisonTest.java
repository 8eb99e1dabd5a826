package io.kafkahdfs.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final Comparison comparison = new Comparison(new Dataset("t", 1000, 2_000_000));

  @Test
  void takesMediansOfTheRounds() {
    add(1, 2, 3);
    add(5, 4, 10);
    add(2, 4, 8);

    Comparison.Row read = comparison.rows().get(0);
    assertThat(read.what()).isEqualTo("bare Kafka read");
    assertThat(read.seconds()).isEqualTo(2);
    assertThat(read.megabytesPerSecond()).isEqualTo(1000);
    assertThat(read.processSeconds()).isEqualTo(3);
    // 20 CPU seconds for 2 GB.
    assertThat(read.cpuSecondsPerGigabyte()).isEqualTo(10);
    assertThat(read.ratio()).isNull();
  }

  @Test
  void comparesTheJobWithTheSlowerBareProgramOfItsOwnRound() {
    add(1, 2, 3);
    add(5, 4, 10);
    add(2, 4, 8);

    Comparison.Row text = comparison.rows().get(2);
    assertThat(text.what()).isEqualTo("job, text");
    // 3/2, 10/5 and 8/4.
    assertThat(text.ratio()).isEqualTo(2);
    add(8, 1, 8);
    assertThat(comparison.rows().get(2).ratio()).isEqualTo(1.75);
  }

  private void add(double read, double write, double job) {
    comparison.add(new Comparison.Round(cost(read), cost(write), cost(job), cost(job), cost(job)));
  }

  private static Cost cost(double seconds) {
    return new Cost(seconds, seconds + 1, 10 * seconds, 0);
  }
}
