package io.kafkahdfs.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.config.RateTable;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final FakeClock clock = new FakeClock();

  private static final class FakeClock implements RateLimit.Clock {
    private long nanos = 5;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public LocalTime time() {
      return LocalTime.of(7, 59, 50).plusNanos(nanos);
    }

    @Override
    public void sleep(long more) {
      nanos += more;
    }

    Duration passed() {
      return Duration.ofNanos(nanos - 5);
    }
  }

  @Test
  void holdsBackRecords() throws IOException {
    RateLimit limit = new RateLimit(Optional.of(RateTable.parse("100r")), clock);
    for (int i = 0; i <= 300; i++) {
      limit.acquire(1_000);
    }
    assertThat(clock.passed()).isBetween(Duration.ofMillis(2_990), Duration.ofMillis(3_010));
  }

  @Test
  void holdsBackBytes() throws IOException {
    RateLimit limit = new RateLimit(Optional.of(RateTable.parse("10k")), clock);
    for (int i = 0; i < 3; i++) {
      limit.acquire(10_240 * 90);
    }
    assertThat(clock.passed()).isBetween(Duration.ofMillis(179_990), Duration.ofSeconds(180));
  }

  @Test
  void whatWasNotUsedIsLost() throws IOException {
    RateLimit limit = new RateLimit(Optional.of(RateTable.parse("100r")), clock);
    limit.acquire(1);
    clock.sleep(Duration.ofSeconds(10).toNanos());
    for (int i = 0; i <= 100; i++) {
      limit.acquire(1);
    }
    assertThat(clock.passed()).isBetween(Duration.ofMillis(10_980), Duration.ofMillis(11_010));
  }

  @Test
  void eachTimeOfDayHasItsRate() throws IOException {
    RateLimit limit =
        new RateLimit(Optional.of(RateTable.parse("08:00=10r, 08:00:10=OFF, 08:00:20=5r")), clock);
    // Of the day before: 5 a second for 10 seconds, then 10 a second for 10 seconds.
    for (int i = 0; i <= 150; i++) {
      limit.acquire(1);
    }
    assertThat(clock.passed()).isBetween(Duration.ofSeconds(19), Duration.ofSeconds(22));
    clock.sleep(Duration.ofSeconds(2).toNanos());
    Duration before = clock.passed();
    for (int i = 0; i < 100_000; i++) {
      limit.acquire(1);
    }
    assertThat(clock.passed()).isEqualTo(before);
  }

  /** A debt from the day is not paid at the rate of the day. */
  @Test
  void whenThereIsNoRateAnyMoreNobodyIsHeldBack() throws IOException {
    RateLimit limit = new RateLimit(Optional.of(RateTable.parse("00:00=1r,08:00=off")), clock);
    limit.spend(1_000_000, 1);
    limit.acquire(1);
    assertThat(clock.passed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
  }

  @Test
  void noRateHoldsNobodyBack() throws IOException {
    new RateLimit(Optional.empty(), clock).acquire(1 << 30);
    assertThat(clock.passed()).isZero();
  }

  /** Of a job of anybody's, each writing task has its share. */
  @Test
  void sharesAreOfTheTasksThatWrite() {
    Configuration mapOnly = job(0, 8);
    assertThat(TasksAtOnce.writers(mapOnly)).isEqualTo(8);
    mapOnly.setInt("mapreduce.job.running.map.limit", 3);
    assertThat(TasksAtOnce.writers(mapOnly)).isEqualTo(3);

    Configuration reduced = job(4, 8);
    assertThat(TasksAtOnce.writers(reduced)).isEqualTo(4);
    reduced.setInt("mapreduce.job.running.reduce.limit", 2);
    assertThat(TasksAtOnce.writers(reduced)).isEqualTo(2);

    Configuration local = job(0, 8);
    local.set("mapreduce.framework.name", "local");
    assertThat(TasksAtOnce.writers(local)).isEqualTo(1);
    local.setInt("mapreduce.local.map.tasks.maximum", 2);
    assertThat(TasksAtOnce.writers(local)).isEqualTo(2);
  }

  private static Configuration job(int reduces, int maps) {
    Configuration configuration = new Configuration(false);
    configuration.set("mapreduce.framework.name", "yarn");
    configuration.setInt("mapreduce.job.reduces", reduces);
    configuration.setInt("mapreduce.job.maps", maps);
    return configuration;
  }
}
