package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.JobConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneContainerTest {
  private static final String ENABLED = "mapreduce.job.ubertask.enable";

  private static Configuration ofCluster(String key, String value) {
    Configuration configuration = new JobConf();
    String xml =
        "<configuration><property><name>%s</name><value>%s</value></property></configuration>"
            .formatted(key, value);
    configuration.addResource(
        new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), "mapred-site.xml");
    return configuration;
  }

  private static boolean prefers(Configuration configuration) {
    OneContainer.preferFor(configuration);
    return configuration.getBoolean(ENABLED, false);
  }

  @Test
  void itIsPreferred() {
    assertThat(prefers(new JobConf())).isTrue();
    assertThat(prefers(ofCluster("mapreduce.map.java.opts", "-Xmx700m"))).isTrue();
  }

  @Test
  void whatTheUserOrTheClusterSaysIsHeeded() {
    Configuration user = new JobConf();
    user.setBoolean(ENABLED, false);
    assertThat(prefers(user)).isFalse();
    assertThat(prefers(ofCluster(ENABLED, "false"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mapreduce.map.java.opts", "mapreduce.map.env", "mapreduce.map.memory.mb"})
  void whoAsksForSomeJvmOfTasksGetsIt(String key) {
    Configuration user = new JobConf();
    user.set(key, "2048");
    assertThat(prefers(user)).isFalse();
  }
}
