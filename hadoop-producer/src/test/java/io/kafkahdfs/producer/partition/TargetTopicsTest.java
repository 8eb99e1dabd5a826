package io.kafkahdfs.producer.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTopicsTest {
  private final Map<String, String> texts = new HashMap<>();
  private final KafkaRecord record = new KafkaRecord();
  private InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);

  TargetTopicsTest() {
    set(ExportSettings.BOOTSTRAP_SERVERS, "kafka:9092");
    set(InputSettings.INPUT, "/in");
  }

  private void set(Setting<?> setting, String text) {
    texts.put(setting.key(), text);
  }

  private Settings settings() throws InvalidSettingException {
    return Settings.read(ExportSettings.ALL, texts::get);
  }

  private TargetTopics topics() throws InvalidSettingException {
    return new TargetTopics(cluster.target(), settings());
  }

  @Test
  void exactlyOneSettingSaysWhereRecordsGo() throws InvalidSettingException {
    assertRefused("--topic", "--topic-from-record");
    set(ExportSettings.TOPIC, "events");
    assertThatCode(() -> TargetTopics.check(settings())).doesNotThrowAnyException();
    set(ExportSettings.TOPIC_PREFIX, "copy.");
    assertRefused("--topic-prefix");
    set(ExportSettings.TOPIC_FROM_RECORD, "true");
    assertRefused("--topic and --topic-from-record");
    texts.remove(ExportSettings.TOPIC.key());
    assertThatCode(() -> TargetTopics.check(settings())).doesNotThrowAnyException();
  }

  private void assertRefused(String... words) throws InvalidSettingException {
    Settings settings = settings();
    assertThatThrownBy(() -> TargetTopics.check(settings))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void aNamedTopicGetsAll() throws IOException {
    set(ExportSettings.TOPIC, "events");
    assertThat(topics().of(record)).isEqualTo("events");
    record.setPosition(new PartitionId("other", 3), 7);
    assertThat(topics().of(record)).isEqualTo("events");
    assertThat(topics().named("other")).isEqualTo("events");
  }

  @Test
  void aRecordTellsItsTopic() throws IOException {
    set(ExportSettings.TOPIC_FROM_RECORD, "true");
    assertThatThrownBy(() -> topics().of(record))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("--topic-from-record")
        .hasMessageContaining("--topic instead");
    record.setPosition(new PartitionId("other", 3), 7);
    assertThat(topics().of(record)).isEqualTo("other");
    set(ExportSettings.TOPIC_PREFIX, "copy.");
    assertThat(topics().of(record)).isEqualTo("copy.other");
    assertThat(topics().named("other")).isEqualTo("copy.other");
  }

  @Test
  void aTopicIsDescribedAsItWasWhenFirstAskedFor() throws IOException {
    set(ExportSettings.TOPIC, "events");
    cluster.createTopic("events", 3);
    TargetTopics topics = topics();
    TargetTopic first = topics.described("events");
    assertThat(first.partitions()).isEqualTo(3);
    cluster.addPartitions("events", 5);
    assertThat(topics.described("events")).isSameAs(first);
    assertThat(topics().described("events").partitions()).isEqualTo(5);
  }

  @Test
  void whatIsMissingIsNamedAndNotMade() throws IOException {
    set(ExportSettings.TOPIC, "events");
    cluster.createTopic("there", 1);
    TargetTopics topics = topics();
    assertThat(topics.missing(List.of("there", "z", "a"))).containsExactly("a", "z");
    assertThatThrownBy(() -> topics.prepare(List.of("there", "z", "a")))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("no topic a, z")
        .hasMessageContaining("--create-topics");
    assertThatThrownBy(() -> topics.described("z")).hasMessageContaining("no topic z");
    assertThat(topics.missing(List.of("a", "z"))).hasSize(2);
  }

  @Test
  void whatIsMissingIsMadeIfThatIsWanted() throws IOException {
    set(ExportSettings.TOPIC, "events");
    set(ExportSettings.CREATE_TOPICS, "4:1");
    cluster.createTopic("there", 1);
    TargetTopics topics = topics();
    topics.prepare(List.of("there", "a"));
    assertThat(topics.described("a").partitions()).isEqualTo(4);
    assertThat(topics.described("there").partitions()).isEqualTo(1);
    assertThat(topics.described("later").partitions()).isEqualTo(4);
  }

  @Test
  void oldBrokersMakeNone() throws IOException {
    cluster = new InMemoryCluster(Generation.LEGACY);
    set(ExportSettings.TOPIC, "events");
    set(ExportSettings.CREATE_TOPICS, "4:1");
    TargetTopics topics = topics();
    assertThatThrownBy(() -> topics.prepare(List.of("a")))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("--create-topics cannot work here")
        .hasMessageContaining("kafka-topics.sh");
  }
}
