package io.kafkahdfs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class BetterDefaultsTest {
  private static final String DELAY =
      "dfs.client.block.write.locateFollowingBlock.initial.delay.ms";

  @Test
  void whatNobodySetIsImproved() {
    Configuration configuration = new Configuration();
    BetterDefaults.setForFiles(configuration);
    assertThat(configuration.get(DELAY)).isEqualTo("10");
  }

  @Test
  void whatTheUserSetStays() {
    Configuration configuration = new Configuration();
    configuration.set(DELAY, "400");
    BetterDefaults.setForFiles(configuration);
    assertThat(configuration.get(DELAY)).isEqualTo("400");
  }

  @Test
  void whatTheClusterSetStays() {
    String site =
        "<configuration><property><name>"
            + DELAY
            + "</name><value>300</value></property></configuration>";
    Configuration configuration = new Configuration();
    configuration.addResource(
        new ByteArrayInputStream(site.getBytes(StandardCharsets.UTF_8)), "hdfs-site.xml");
    BetterDefaults.setForFiles(configuration);
    assertThat(configuration.get(DELAY)).isEqualTo("300");
  }
}
