package io.kafkahdfs.producer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.config.Setting;
import io.kafkahdfs.testkit.docs.SettingsDocuments;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportSettingsTest {
  private static final Path PROJECT = Path.of("..");

  @Test
  void allSettingsAreListed() throws IllegalAccessException {
    List<Setting<?>> declared = new ArrayList<>();
    for (Class<?> type : List.of(ExportSettings.class, InputSettings.class)) {
      for (Field field : type.getFields()) {
        if (field.getType() == Setting.class) {
          declared.add((Setting<?>) field.get(null));
        }
      }
    }
    assertThat(ExportSettings.ALL).containsExactlyInAnyOrderElementsOf(declared);
  }

  @Test
  void keysFollowFromTheOptions() {
    assertThat(ExportSettings.ALL).extracting(Setting::key).doesNotHaveDuplicates();
    assertThat(ExportSettings.ALL)
        .allSatisfy(
            setting ->
                assertThat(setting.options())
                    .anySatisfy(
                        option ->
                            assertThat(setting.key())
                                .isEqualTo(
                                    ExportSettings.PREFIX
                                        + option.substring(2).replace('-', '.'))));
  }

  @Test
  void theTableOfSettingsIsUpToDate() throws IOException {
    SettingsDocuments.checkSection(
        PROJECT.resolve("docs/settings.md"),
        "hdfs-to-kafka",
        "\n[conf/hdfs-to-kafka.properties](../conf/hdfs-to-kafka.properties) has all of them, ready"
            + " to be\nfilled in.\n"
            + SettingsDocuments.table(ExportSettings.ALL)
            + SettingsDocuments.table(LookSettings.ALL));
  }

  @Test
  void theSampleFileIsUpToDate() throws IOException {
    SettingsDocuments.check(
        PROJECT.resolve("conf/hdfs-to-kafka.properties"),
        """
        # Settings of hdfs-to-kafka, for --config. Remove the # before a line to set it; what stands
        # behind the = is the default. Properties of Kafka's client may stand here too, with the
        # prefix kafka. (kafka.client.id=nightly).
        """
            + SettingsDocuments.sample(ExportSettings.ALL));
  }
}
