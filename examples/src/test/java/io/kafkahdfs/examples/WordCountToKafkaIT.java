package io.kafkahdfs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordCountToKafkaIT {
  private static final String TOPIC = "words";

  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource(names = {"V0_9", "V4_4"})
  void countsArriveInTheTopic(KafkaVersion version) throws Exception {
    Files.writeString(temporary.resolve("text"), "to be or not\nto be\n");
    try (TestKafka kafka = TestKafka.start(version)) {
      kafka.tools().createTopic(TOPIC, 2);
      String[] arguments = {kafka.bootstrapServers(), temporary.toUri().toString(), TOPIC};
      assertThat(ToolRunner.run(new Configuration(), new WordCountToKafka(), arguments)).isZero();
      assertThat(records(kafka.bootstrapServers()))
          .isEqualTo(Map.of("to", "2", "be", "2", "or", "1", "not", "1"));
    }
  }

  private static Map<String, String> records(String servers) throws IOException {
    Map<String, String> records = new TreeMap<>();
    ClusterSettings settings =
        new ClusterSettings(List.of(servers), Duration.ofSeconds(60), Map.of());
    try (KafkaCluster cluster = KafkaClusters.connect(settings)) {
      for (OffsetRange range : cluster.describe(TopicFilter.of(TOPIC)).readable().values()) {
        try (RangeReader reader = cluster.read(range, new ReadSettings(1 << 20, 1 << 20, 1))) {
          KafkaRecord record = new KafkaRecord();
          for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
            while (batch.next(record)) {
              assertThat(records.put(record.key().toString(), record.value().toString())).isNull();
            }
          }
        }
      }
    }
    return records;
  }
}
