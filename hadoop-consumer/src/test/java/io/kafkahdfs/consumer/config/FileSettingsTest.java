package io.kafkahdfs.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.config.Settings;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSettingsTest {
  private static final String PACKETS = "dfs.client.write.max-packets-in-flight";

  private static Configuration prepared(String openFiles, Configuration configuration)
      throws Exception {
    Settings settings =
        Settings.read(
            LoadSettings.ALL, key -> key.equals(FileSettings.OPEN_FILES.key()) ? openFiles : null);
    FileSettings.prepare(settings, configuration);
    return configuration;
  }

  @ParameterizedTest
  @CsvSource({"1, 80", "25, 80", "64, 32", "200, 10", "10000, 4"})
  void manyOpenFilesHoldBackLessEach(String files, String packets) throws Exception {
    assertThat(prepared(files, new Configuration()).get(PACKETS)).isEqualTo(packets);
  }

  @Test
  void whatTheUserSetStays() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(PACKETS, "40");
    assertThat(prepared("200", configuration).get(PACKETS)).isEqualTo("40");
    assertThat(prepared(null, new Configuration()).get(PACKETS)).isNull();
  }
}
