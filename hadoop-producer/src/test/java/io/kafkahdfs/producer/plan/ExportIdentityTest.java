package io.kafkahdfs.producer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.InputSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportIdentityTest {
  private static final List<String> INPUTS = List.of("hdfs://nn/a", "hdfs://nn/b");
  private static final List<String> SERVERS = List.of("one:9092", "two:9092");

  private final Map<String, String> texts = new HashMap<>();

  ExportIdentityTest() {
    set(ExportSettings.BOOTSTRAP_SERVERS, "one:9092,two:9092");
    set(InputSettings.INPUT, "/a,/b");
    set(InputSettings.FORMAT, "text");
    set(ExportSettings.TOPIC, "events");
  }

  private void set(Setting<?> setting, String text) {
    texts.put(setting.key(), text);
  }

  private ExportIdentity identity(List<String> inputs) throws InvalidSettingException {
    return ExportIdentity.of(inputs, Settings.read(ExportSettings.ALL, texts::get));
  }

  private String id() throws InvalidSettingException {
    return identity(INPUTS).derivedId(SERVERS);
  }

  @Test
  void equalExportsHaveOneId() throws InvalidSettingException {
    String id = id();

    assertThat(id).matches("export-[0-9a-f]{12}");
    assertThat(identity(List.of("hdfs://nn/b", "hdfs://nn/a", "hdfs://nn/b")).derivedId(SERVERS))
        .as("in whichever order, and however often")
        .isEqualTo(id);
    assertThat(identity(INPUTS).derivedId(List.of("two:9092", "one:9092"))).isEqualTo(id);
    set(ExportSettings.TOPIC, " events ");
    assertThat(id()).isEqualTo(id);
    set(ExportSettings.MAPS, "7");
    set(ExportSettings.COMMIT_RECORDS, "5");
    assertThat(id()).as("how it is sent, not what").isEqualTo(id);
  }

  @Test
  void theIdOfTodayIsThatOfTomorrow() throws InvalidSettingException {
    assertThat(id())
        .as("else exports that were begun are not resumed")
        .isEqualTo("export-fc5258478317");
  }

  @Test
  void whatDecidesWhatIsSentIsInTheId() throws InvalidSettingException {
    String id = id();
    assertThat(identity(List.of("hdfs://nn/a")).derivedId(SERVERS)).isNotEqualTo(id);
    assertThat(identity(INPUTS).derivedId(List.of("other:9092"))).isNotEqualTo(id);
    for (Map.Entry<Setting<?>, String> change :
        Map.<Setting<?>, String>of(
                ExportSettings.TOPIC, "others",
                InputSettings.FORMAT, "sequence",
                InputSettings.KEY_SEPARATOR, ":",
                InputSettings.UNORDERED, "true",
                ExportSettings.PARTITION, "key",
                ExportSettings.MAPPER, "a.B",
                ExportSettings.TIMESTAMPS, "now",
                InputSettings.NEWLINES, "unescape")
            .entrySet()) {
      String before = texts.get(change.getKey().key());
      set(change.getKey(), change.getValue());
      assertThat(id()).as("%s", change).isNotEqualTo(id);
      texts.put(change.getKey().key(), before);
    }
    assertThat(id()).isEqualTo(id);
  }

  @Test
  void whatIsGivenAsTheDefaultIsTheSame() throws InvalidSettingException {
    String id = id();
    for (Setting<?> setting : List.of(ExportSettings.TIMESTAMPS, InputSettings.NEWLINES)) {
      set(setting, "keep");
      assertThat(id()).as("%s", setting).isEqualTo(id);
    }
  }

  @Test
  void aMessageNamesAllOfIt() throws InvalidSettingException {
    assertThat(identity(INPUTS))
        .asString()
        .startsWith("hdfs://nn/a, hdfs://nn/b, ")
        .contains(ExportSettings.TOPIC.key() + "=events");
  }
}
