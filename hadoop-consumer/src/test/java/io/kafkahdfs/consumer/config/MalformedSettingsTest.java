package io.kafkahdfs.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.command.PathSetting;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.plan.StartPolicy;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.TextSpoiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** What may be given for the settings of a load. */
class MalformedSettingsTest {
  private static final List<Setting<?>> ALL =
      Stream.concat(LoadSettings.ALL.stream(), StateSettings.ALL.stream()).toList();

  private static final Configuration CONFIGURATION = new Configuration(false);
  private static final String NAME = "a".repeat(248) + "-";

  /** What the forms of values have in common. */
  private static final String[] SAMPLES = {
    "5",
    "64m",
    "10m",
    "true",
    "avro",
    "events",
    "host:9092",
    "events:0:5",
    "/data/events",
    "offsets:/tmp/x",
    "timestamp:2026-01-31T00:00:00Z",
    "fail"
  };

  @Test
  void spoiledValues() {
    Cases.run(
        60_000,
        random -> {
          Setting<?> setting = ALL.get(random.nextInt(ALL.size()));
          String sample = setting.defaultText().orElse(SAMPLES[random.nextInt(SAMPLES.length)]);
          if (random.nextInt(4) == 0) {
            sample = SAMPLES[random.nextInt(SAMPLES.length)];
          }
          check(setting, new TextSpoiler(random).value(sample));
        });
  }

  @Test
  void patterns() {
    Cases.run(
        2_000,
        random -> {
          String text = new TextSpoiler(random).pattern();
          check(random.nextBoolean() ? LoadSettings.INCLUDE : LoadSettings.EXCLUDE, text);
        });
  }

  private static void check(Setting<?> setting, String text) throws IOException {
    try {
      use(setting, Settings.read(List.of(setting), Map.of(setting.key(), text)::get));
    } catch (InvalidSettingException e) {
      require(e.getMessage().contains(setting.name()), e);
      require(e.getMessage().lines().count() == 1 && e.getMessage().length() < 2000, e);
    }
  }

  /** As a run does it. */
  private static void use(Setting<?> setting, Settings settings) throws IOException {
    Object value = settings.get(setting);
    if (value instanceof Duration span) {
      require(span.toNanos() > 0 && span.toMillis() > 0, null);
      require(Instant.now().plus(span).toEpochMilli() > 0, null);
      require(setting != LoadSettings.TIMEOUT || span.toMillis() < Integer.MAX_VALUE, null);
    } else if (value instanceof Pattern pattern) {
      use(pattern);
    } else if (value instanceof StartPolicy.AtTime at) {
      at.time().toEpochMilli();
    } else if (setting == LoadSettings.FETCH_BYTES || setting == LoadSettings.MAX_FETCH_BYTES) {
      KafkaConnection.readSettings(
          Settings.read(
              ALL,
              key ->
                  key.equals(setting.key())
                      ? value.toString()
                      : key.equals("load.max.fetch.bytes") ? "1g" : null));
    } else if (setting == LoadSettings.OUTPUT) {
      PathSetting.hadoop(setting, value.toString(), CONFIGURATION);
    } else if (setting == LoadSettings.SUMMARY || setting == LoadSettings.METRICS) {
      PathSetting.local(setting, value.toString());
    }
  }

  private static void use(Pattern pattern) {
    try {
      new TopicFilter(Set.of(), Optional.of(pattern), Optional.of(pattern)).accepts(NAME);
    } catch (UncheckedIOException e) {
      LoaderException failure = (LoaderException) e.getCause();
      require(failure.exitCode() == ExitCode.WRONG_SETTING, failure);
      require(failure.getMessage().contains("--include"), failure);
      require(failure.getMessage().length() < 2000, failure);
    }
  }

  @Test
  void aPatternThatNeverEndsIsNamed() {
    Pattern endless = Pattern.compile("(a|aa)+\\1b");
    Cases.run(
        1,
        random ->
            assertThatThrownBy(
                    () ->
                        new TopicFilter(Set.of(), Optional.of(endless), Optional.empty())
                            .accepts(NAME))
                .hasCauseInstanceOf(LoaderException.class)
                .hasMessageContaining("(a|aa)+\\1b")
                .hasMessageContaining(NAME.substring(0, 100)));
  }

  @Test
  void aPatternOfManyNamesDoes() {
    StringBuilder names = new StringBuilder("none");
    for (int i = 0; i < 10_000; i++) {
      names.append('|').append("a".repeat(40)).append(i);
    }
    Pattern pattern = Pattern.compile(names.append('|').append(NAME).toString());
    assertThat(new TopicFilter(Set.of(), Optional.of(pattern), Optional.empty()).accepts(NAME))
        .isTrue();
  }

  @Test
  void whatIsTooMuchIsRefusedBeforeAnythingReckonsWithIt() {
    refused(LoadSettings.TIMEOUT, "21d");
    refused(LoadSettings.WAIT, "9223372036854775807d");
    refused(LoadSettings.MAX_DURATION, "106752d");
    refused(FileSettings.ROLL_BYTES, "9223372036854775807k");
    refused(LoadSettings.START, "timestamp:+999999999-12-31T23:59:59Z");
    refused(LoadSettings.INCLUDE, "(".repeat(50_000) + ")".repeat(50_000));
  }

  private static void refused(Setting<?> setting, String text) {
    assertThatThrownBy(() -> Settings.read(List.of(setting), key -> text))
        .as(text)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(setting.name());
  }

  private static void require(boolean condition, Exception e) {
    if (!condition) {
      throw new AssertionError("It should be said otherwise", e);
    }
  }
}
