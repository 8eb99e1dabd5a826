package io.kafkahdfs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {
  private static final List<String> NAMES =
      IntStream.range(0, 10_000).mapToObj("events/events-0-%020d.avro"::formatted).toList();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 30, 31})
  void thePartsTogetherHaveEachNameOnce(int parts) {
    List<Share> shares =
        IntStream.rangeClosed(1, parts).mapToObj(part -> Share.parse(part + "/" + parts)).toList();

    for (String name : NAMES) {
      assertThat(shares.stream().filter(share -> share.has(name))).as(name).hasSize(1);
    }
    for (Share share : shares) {
      assertThat(NAMES.stream().filter(share::has).count())
          .isBetween(5_000L / parts, 20_000L / parts);
    }
  }

  @Test
  void aShareInPercentIsAnotherOneEachTime() {
    List<List<String>> chosen =
        IntStream.range(0, 20)
            .mapToObj(i -> Share.parse("5%"))
            .map(share -> NAMES.stream().filter(share::has).toList())
            .toList();

    assertThat(chosen).allSatisfy(names -> assertThat(names).hasSizeBetween(250, 1000));
    assertThat(chosen.stream().distinct()).hasSizeGreaterThan(1);
    assertThat(Share.parse("100%").has("a")).isTrue();
  }

  @Test
  void allAndNone() {
    assertThat(NAMES).allMatch(Share.parse("true")::has).noneMatch(Share.parse("False")::has);
    assertThat(Share.parse("false").isNone()).isTrue();
    assertThat(Share.parse("1/1").isNone()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0%", "101%", "5", "0/3", "4/3", "1/0", "1/", "-1/3", "5 percent", "1e3%"})
  void whatIsNoShareIsRefused(String text) {
    assertThatThrownBy(() -> Share.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
