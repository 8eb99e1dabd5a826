package io.kafkahdfs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Setting<Long> SIZE =
      setting("load.size", ValueType.bytes(1, Long.MAX_VALUE), Optional.of("4m"));
  private static final Setting<Integer> MAPS =
      setting("load.maps", ValueType.integer(1, 10), Optional.empty());
  private static final List<Setting<?>> ALL = List.of(SIZE, MAPS);

  private static <T> Setting<T> setting(String key, ValueType<T> type, Optional<String> text) {
    String option = "--" + key.substring("load.".length());
    return new Setting<>("Section", key, List.of(option), "X", type, text, "Does.");
  }

  private static Map<String, String> merge(
      Map<String, String> options,
      Map<String, String> properties,
      Map<String, String> file,
      Map<String, String> site)
      throws InvalidSettingException {
    return new SettingSources(options, properties, file, "my.properties", site)
        .merge(ALL, "load.", "kafka.");
  }

  @Test
  void aValueThatIsNotGivenIsTheDefault() throws InvalidSettingException {
    Settings settings = Settings.read(ALL, Map.<String, String>of()::get);
    assertThat(settings.get(SIZE)).isEqualTo(4L << 20);
    assertThat(settings.find(MAPS)).isEmpty();
    assertThat(settings.isGiven(SIZE)).isFalse();
  }

  @Test
  void everyWrongValueIsNamedWithWhatIsAllowed() {
    Map<String, String> texts = Map.of("load.size", "much", "load.maps", "11");
    assertThatThrownBy(() -> Settings.read(ALL, texts::get))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("\"much\" for --size (load.size)")
        .hasMessageContaining(
            "\"11\" for --maps (load.maps): allowed is a whole number from 1 to 10");
  }

  @Test
  void aDefaultThatIsNotAllowedCannotBeDeclared() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting("load.maps", ValueType.integer(1, 10), Optional.of("11")));
  }

  @Test
  void theCloserPlaceWins() throws InvalidSettingException {
    Map<String, String> one = Map.of("load.maps", "1");
    Map<String, String> two = Map.of("load.maps", "2");
    Map<String, String> three = Map.of("load.maps", "3");
    assertThat(merge(Map.of(), Map.of(), Map.of(), three)).containsEntry("load.maps", "3");
    assertThat(merge(Map.of(), Map.of(), two, three)).containsEntry("load.maps", "2");
    assertThat(merge(Map.of(), one, two, three)).containsEntry("load.maps", "1");
    assertThat(merge(one, Map.of(), two, three)).containsEntry("load.maps", "1");
  }

  @Test
  void anOptionAndAPropertyAtOnceAreAnError() {
    assertThatThrownBy(
            () -> merge(Map.of("load.maps", "1"), Map.of("load.maps", "1"), Map.of(), Map.of()))
        .hasMessageContaining("--maps 1")
        .hasMessageContaining("-Dload.maps=1");
  }

  @Test
  void anUnknownKeyIsAnErrorWithTheNearestOneThatExists() {
    assertThatThrownBy(() -> merge(Map.of(), Map.of(), Map.of("load.mpas", "1"), Map.of()))
        .hasMessageContaining("load.mpas (my.properties)")
        .hasMessageContaining("Is load.maps meant?");
    assertThatThrownBy(() -> merge(Map.of(), Map.of("load.quux.quuux", "1"), Map.of(), Map.of()))
        .hasMessageContaining("load.quux.quuux (-D)")
        .hasMessageNotContaining("meant");
  }

  @Test
  void theClientsPropertiesPassThrough() throws InvalidSettingException {
    assertThat(merge(Map.of(), Map.of("kafka.client.id", "x"), Map.of(), Map.of()))
        .containsEntry("kafka.client.id", "x");
  }

  @Test
  void sizesHaveUnitsOfPowersOf1024() {
    ValueType<Long> type = ValueType.bytes(1, Long.MAX_VALUE);
    assertThat(type.parse("1")).isEqualTo(1);
    assertThat(type.parse(" 2k ")).isEqualTo(2048);
    assertThat(type.parse("3 MiB")).isEqualTo(3L << 20);
    assertThat(type.parse("4GB")).isEqualTo(4L << 30);
    for (String wrong : List.of("0", "-1", "k", "1x", "", "1.5m", "99999999999t")) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> type.parse(wrong));
    }
  }

  @Test
  void durationsNeedTheirUnit() {
    ValueType<Duration> type = ValueType.duration();
    assertThat(type.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(type.parse("10m")).isEqualTo(Duration.ofMinutes(10));
    assertThat(type.parse("2h")).isEqualTo(Duration.ofHours(2));
    assertThat(type.parse("1D")).isEqualTo(Duration.ofDays(1));
    for (String wrong : List.of("10", "0s", "-1s", "s")) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> type.parse(wrong));
    }
  }

  @Test
  void flagsAreTrueOrFalse() {
    assertThat(ValueType.flag().parse("true")).isTrue();
    assertThat(ValueType.flag().parse("false")).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> ValueType.flag().parse("yes"));
  }
}
