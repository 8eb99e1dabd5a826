package io.kafkahdfs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.ValueType;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.Spoiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may stand in the file of {@code --config}, and in Hadoop's configuration. */
class MalformedSettingFileTest {
  private static final Setting<String> TOPIC = setting("load.topic", ValueType.text("a topic"));
  private static final Setting<Long> SIZE = setting("load.size", ValueType.count());
  private static final Setting<String> CLIENT = setting("load.client", ValueType.text("a file"));
  private static final GivenSettings GIVEN =
      new GivenSettings(List.of(TOPIC, SIZE, CLIENT), "load.", "kafka.", CLIENT);

  private static final Configuration NOTHING = new Configuration(false);

  private static final String SAMPLE =
      """
      # What is loaded
      load.topic = events
      load.size: 12
      kafka.client.id = x \\
          y\\u00e9
      """;

  @TempDir Path folder;

  private static <T> Setting<T> setting(String key, ValueType<T> type) {
    return new Setting<>("S", key, List.of("--" + key), "X", type, Optional.empty(), "Does.");
  }

  private Map<String, String> read(byte[] content) throws IOException {
    Path file = folder.resolve("my.properties");
    Files.write(file, content);
    return read(file.toString());
  }

  private static Map<String, String> read(String file) throws InvalidSettingException {
    Map<String, String> texts =
        GIVEN.texts(new SettingsCommandLine.Parsed(Map.of(), file), NOTHING);
    Settings.read(GIVEN.declared(), texts::get);
    return texts;
  }

  @Test
  void spoiledFiles() {
    byte[] sample = SAMPLE.getBytes(StandardCharsets.UTF_8);
    Cases.run(
        20_000,
        random -> {
          try {
            read(spoil(sample, random));
          } catch (InvalidSettingException e) {
            require(e.getMessage().contains("load.") || e.getMessage().contains("my.prop"), e);
            require(e.getMessage().lines().count() <= 30, e);
            require(e.getMessage().length() < 10_000, e);
          }
        });
  }

  private static byte[] spoil(byte[] sample, Random random) {
    return random.nextInt(5) == 0
        ? new Spoiler(random).bytes(300)
        : new Spoiler(random).spoil(sample);
  }

  @Test
  void aByteOrderMarkIsNoPartOfASetting() throws IOException {
    assertThat(read("\ufeffload.topic=events".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Map.of("load.topic", "events"));
  }

  @Test
  void whatIsNoTextIsNamed() throws IOException {
    refused("\ufeffload.topic=events".getBytes(StandardCharsets.UTF_16LE), "no UTF-8");
    refused(new byte[] {'a', '=', (byte) 0xff}, "no UTF-8");
    refused("a=\\u00x0".getBytes(StandardCharsets.UTF_8), "encoding");
  }

  private void refused(byte[] content, String why) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("my.properties")
        .hasMessageContaining("--config")
        .hasMessageContaining(why);
  }

  /** A file without an end, as a wrong name gives it. */
  @Test
  void whatIsTooLargeIsNotReadToItsEnd() {
    assertThatThrownBy(() -> read("/dev/zero"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("/dev/zero")
        .hasMessageContaining("64 MiB");
  }

  @Test
  void aFileOfSomethingElseDoesNotTakeLongToRefuse() throws IOException {
    StringBuilder lines = new StringBuilder("x".repeat(8 << 20)).append('\n');
    for (int i = 0; i < 200_000; i++) {
      lines.append("load.tropic").append(i).append('\n');
    }
    byte[] content = lines.toString().getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("my.properties")
        .hasMessageContaining("There are more like these")
        .message()
        .hasSizeLessThan(10_000);
  }

  @Test
  void aNameThatIsNoneIsNamed() {
    for (String name : List.of("\0", "no/such", ".", "")) {
      assertThatThrownBy(() -> read(name))
          .as(name)
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("--config");
    }
  }

  @Test
  void variablesThatStandForOthersWithoutEndAreNamed() {
    Configuration configuration = new Configuration(false);
    for (int i = 0; i < 40; i++) {
      configuration.set("load.v" + i, "${load.v" + (i + 1) + "}");
    }
    configuration.set("load.topic", "${load.v0}");
    assertThatThrownBy(
            () -> GIVEN.texts(new SettingsCommandLine.Parsed(Map.of(), null), configuration))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("for load.")
        .hasMessageContaining("${load.v");
    assertThatThrownBy(() -> Settings.read(GIVEN.declared(), configuration::get))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("load.topic");
  }

  private static void require(boolean condition, Exception e) {
    if (!condition) {
      throw new AssertionError("It should be said otherwise", e);
    }
  }
}
