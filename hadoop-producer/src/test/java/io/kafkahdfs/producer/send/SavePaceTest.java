package io.kafkahdfs.producer.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SavePaceTest {
  private static final long MILLISECOND = 1_000_000;

  private final SavePace pace = new SavePace(new Delivery.Pace(1_000_000, Duration.ofSeconds(10)));

  @Test
  void beginsWithFewRecords() {
    assertThat(pace.now()).isEqualTo(new Delivery.Pace(100, Duration.ofMillis(100)));
  }

  @Test
  void allowsTwiceWhatIsSentUntilTheNextTime() {
    pace.sent(100, 2 * MILLISECOND);
    assertThat(pace.now().records()).isEqualTo(10_000);
    pace.sent(10, 100 * MILLISECOND);
    assertThat(pace.now().records()).isEqualTo(100);
  }

  @Test
  void savesLessOftenWhereSavingIsSlow() {
    pace.saved(50 * MILLISECOND);
    assertThat(pace.now().interval()).isEqualTo(Duration.ofSeconds(1));
    pace.sent(5_000, 100 * MILLISECOND);
    assertThat(pace.now().records()).isEqualTo(100_000);
    pace.saved(MILLISECOND);
    assertThat(pace.now().interval()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void keepsToTheLimits() {
    pace.saved(5_000 * MILLISECOND);
    pace.sent(1_000_000, 1);
    assertThat(pace.now()).isEqualTo(new Delivery.Pace(1_000_000, Duration.ofSeconds(10)));

    SavePace small = new SavePace(new Delivery.Pace(4, Duration.ofMillis(10)));
    assertThat(small.now()).isEqualTo(new Delivery.Pace(4, Duration.ofMillis(10)));
    small.sent(100, MILLISECOND);
    small.saved(MILLISECOND);
    assertThat(small.now()).isEqualTo(new Delivery.Pace(4, Duration.ofMillis(10)));
  }
}
