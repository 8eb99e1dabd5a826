package io.kafkahdfs.consumer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadLimitTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 10, false",
    "0, 1, 10, true",
    "7, 7, 7, false",
    "7, 8, 1000000, true",
    "0%, 1, 1000000000000, true",
    "0.1%, 1, 1000, false",
    "0.1%, 1, 999, true",
    "1%, 10, 1000, false",
    "1%, 11, 1000, true",
    "100%, 9223372036854775807, 9223372036854775807, false",
    "1%, 0, 0, false"
  })
  void aLimitIsReachedButNotExceeded(String limit, long bad, long read, boolean exceeded) {
    assertThat(BadLimit.parse(limit).isExceeded(bad, read)).isEqualTo(exceeded);
    assertThat(BadLimit.parse(limit)).hasToString(limit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "1.5", "%", "101%", "100.1%", "1e3", "5 %", "9999999999999999999"})
  void otherTextsAreNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> BadLimit.parse(text));
  }
}
