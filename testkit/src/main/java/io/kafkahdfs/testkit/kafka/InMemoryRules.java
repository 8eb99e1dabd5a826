package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TopicRules;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the topics of an {@link InMemoryCluster} take, by their configuration. */
final class InMemoryRules {
  private static final String LARGEST = "1048588";

  private InMemoryRules() {}

  /** Of a topic with one replica of each partition. */
  static TopicRules of(Map<String, String> config) {
    List<String> policy = Arrays.asList(config.getOrDefault("cleanup.policy", "delete").split(","));
    return new TopicRules(
        Integer.parseInt(config.getOrDefault("max.message.bytes", LARGEST)),
        policy.contains("delete"),
        policy.contains("compact"),
        limit(config, "retention.ms", "604800000"),
        config.getOrDefault("message.timestamp.type", "CreateTime").equals("LogAppendTime"),
        limit(config, "message.timestamp.before.max.ms", "-1"),
        limit(config, "message.timestamp.after.max.ms", "3600000"),
        Integer.parseInt(config.getOrDefault("min.insync.replicas", "1")),
        1,
        1);
  }

  private static Optional<Duration> limit(
      Map<String, String> config, String name, String otherwise) {
    long millis = Long.parseLong(config.getOrDefault(name, otherwise));
    return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
  }

  /**
   * Why a record cannot be sent; empty if it can.
   *
   * @param largest how many bytes the client itself sends
   */
  static Optional<String> refusal(
      KafkaRecord record,
      TopicRules rules,
      Generation generation,
      SendSettings sending,
      int largest) {
    int bytes = record.key().length() + record.value().length();
    String tooLarge = "its " + bytes + " bytes are more than ";
    if (bytes > largest) {
      return Optional.of(tooLarge + "kafka.max.request.size");
    }
    if (bytes > rules.maxMessageBytes()) {
      return Optional.of(tooLarge + "max.message.bytes");
    }
    if (rules.compacts() && record.key().isNull()) {
      return Optional.of("it has no key, and the topic is compacted (cleanup.policy)");
    }
    if (generation == Generation.MODERN
        && sending.timestamps()
        && record.timestamp() < 0
        && record.timestamp() != KafkaRecord.NO_TIMESTAMP) {
      return Optional.of("its timestamp is " + record.timestamp() + ". Set --timestamps now");
    }
    return Optional.empty();
  }
}
