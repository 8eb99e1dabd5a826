package io.kafkahdfs.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.config.Setting;
import io.kafkahdfs.testkit.docs.SettingsDocuments;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadSettingsTest {
  private static final Path PROJECT = Path.of("..");

  @Test
  void allSettingsAreListed() throws IllegalAccessException {
    List<Setting<?>> declared = declared(LoadSettings.class);
    declared.addAll(declared(FileSettings.class));
    declared.addAll(declared(PlanSettings.class));
    declared.addAll(declared(BadSettings.class));
    declared.addAll(declared(ValueSettings.class));
    declared.addAll(declared(TableSettings.class));
    assertThat(LoadSettings.ALL).containsExactlyInAnyOrderElementsOf(declared);
    assertThat(StateSettings.ALL).containsExactlyElementsOf(declared(StateSettings.class));
  }

  private static List<Setting<?>> declared(Class<?> type) throws IllegalAccessException {
    List<Setting<?>> declared = new ArrayList<>();
    for (Field field : type.getFields()) {
      if (field.getType() == Setting.class) {
        declared.add((Setting<?>) field.get(null));
      }
    }
    return declared;
  }

  @Test
  void keysFollowFromTheOptions() {
    List<Setting<?>> all = new ArrayList<>(LoadSettings.ALL);
    all.addAll(StateSettings.ALL);
    assertThat(all).extracting(Setting::key).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(
            setting ->
                assertThat(setting.options())
                    .anySatisfy(
                        option ->
                            assertThat(setting.key())
                                .isEqualTo(
                                    LoadSettings.PREFIX + option.substring(2).replace('-', '.'))));
  }

  @Test
  void theTableOfSettingsIsUpToDate() throws IOException {
    SettingsDocuments.checkSection(
        PROJECT.resolve("docs/settings.md"),
        "kafka-to-hdfs",
        "\n[conf/kafka-to-hdfs.properties](../conf/kafka-to-hdfs.properties) has all of them, ready"
            + " to be\nfilled in.\n"
            + SettingsDocuments.table(LoadSettings.ALL)
            + SettingsDocuments.table(StateSettings.ALL));
  }

  @Test
  void theSampleFileIsUpToDate() throws IOException {
    SettingsDocuments.check(
        PROJECT.resolve("conf/kafka-to-hdfs.properties"),
        """
        # Settings of kafka-to-hdfs, for --config. Remove the # before a line to set it; what stands
        # behind the = is the default. Properties of Kafka's client may stand here too, with the
        # prefix kafka. (kafka.client.id=nightly).
        """
            + SettingsDocuments.sample(LoadSettings.ALL));
  }
}
