package io.kafkahdfs.producer.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.command.PathSetting;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.RateTable;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.TextSpoiler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** What may be given for the settings of an export. */
class MalformedSettingsTest {
  private static final List<Setting<?>> ALL =
      Stream.concat(ExportSettings.ALL.stream(), LookSettings.ALL.stream()).toList();

  private static final Configuration CONFIGURATION = new Configuration(false);

  /** What the forms of values have in common. */
  private static final String[] SAMPLES = {
    "5", "64m", "10m", "true", "avro", "events", "host:9092", "6:3", "/data/events", "5000r", "skip"
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
          String text = new TextSpoiler(random).value(sample);
          try {
            use(setting, Settings.read(ALL, Map.of(setting.key(), text)::get));
          } catch (InvalidSettingException e) {
            require(e.getMessage().contains(setting.name()), e);
            require(e.getMessage().lines().count() == 1 && e.getMessage().length() < 2000, e);
          }
        });
  }

  /** As a run does it. */
  private static void use(Setting<?> setting, Settings settings) throws IOException {
    Object value = settings.get(setting);
    if (value instanceof Duration span) {
      require(span.toNanos() > 0 && span.toMillis() > 0, null);
      require(setting != ExportSettings.TIMEOUT || span.toMillis() < Integer.MAX_VALUE, null);
    } else if (value instanceof RateTable rates) {
      rates
          .share(100_000)
          .from()
          .values()
          .forEach(rate -> require(rate.isEmpty() || rate.get().amount() > 0, null));
    } else if (value instanceof NewTopics topics) {
      require(topics.partitions() > 0 && topics.replication() > 0, null);
    } else if (setting == ExportSettings.STATE) {
      PathSetting.hadoop(setting, value.toString(), CONFIGURATION);
    } else if (value instanceof List<?> paths && setting.key().equals("export.input")) {
      for (Object path : paths) {
        PathSetting.hadoop(setting, path.toString(), CONFIGURATION);
      }
    } else if (setting == ExportSettings.BATCH_BYTES) {
      require(TargetConnection.sendSettings(settings).batchBytes() > 0, null);
    }
  }

  @Test
  void whatIsTooMuchIsRefusedBeforeAnythingReckonsWithIt() {
    refused(ExportSettings.TIMEOUT, "500h");
    refused(ExportSettings.COMMIT_INTERVAL, "9223372036854775807s");
    refused(ExportSettings.LINGER, "3651d");
    refused(ExportSettings.MAX_RATE, "9223372036854775807k");
    refused(ExportSettings.CREATE_TOPICS, "6:40000");
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
