package io.kafkahdfs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTableTest {
  @Test
  void oneRateHoldsAllDay() {
    RateTable table = RateTable.parse("5000r");
    assertThat(table.at(LocalTime.MIN)).contains(new Rate(5000, true));
    assertThat(table.at(LocalTime.MAX)).contains(new Rate(5000, true));
    assertThat(table.share(4).at(LocalTime.NOON)).contains(new Rate(1250, true));
  }

  @ParameterizedTest
  @CsvSource({
    "00:00, 1048576",
    "07:59, 1048576",
    "08:00, 2097152",
    "19:59:59, 2097152",
    "20:00, 0",
    "21:59, 0",
    "22:00, 1048576",
  })
  void eachRateHoldsUntilTheNext(LocalTime time, double bytes) {
    RateTable table = RateTable.parse("20:00=off, 08:00=2m,22:00=1M");
    assertThat(table.at(time).map(Rate::amount).orElse(0.0)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "off, off",
    "8=1m, 8 is no time of day",
    "25:00=1m, 25:00 is no time of day",
    "'08:00=1m,2m', 2m has none",
    "'08:00=1m,08:00=off', two rates from 08:00 on",
    "08:00=, ''",
    "08:00=0, ''",
    "'08:00=1m,', has none",
  })
  void whatIsNoRateIsRefused(String text, String message) {
    assertThatThrownBy(() -> RateTable.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
