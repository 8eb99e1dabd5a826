package io.kafkahdfs.modern.admin;

import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.client.TopicRules;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at topics that are to be sent to. */
public final class TopicLook {
  /** Until Kafka 3.9: both ways, where the newer two are not set. */
  private static final String TIMESTAMP_DIFFERENCE = "message.timestamp.difference.max.ms";

  private final Connection connection;
  private final TopicLister topics;

  public TopicLook(Connection connection, TopicLister topics) {
    this.connection = connection;
    this.topics = topics;
  }

  /** As {@link io.kafkahdfs.client.KafkaTarget#describe}. */
  public SortedMap<String, TargetTopic> describe(Set<String> names) throws IOException {
    SortedMap<String, TargetTopic> described = new TreeMap<>();
    if (names.isEmpty()) {
      return described;
    }
    Collection<TopicDescription> found = topics.descriptions(names);
    if (!connection.brokers().describeConfigs()) {
      found.forEach(
          topic ->
              described.put(
                  topic.name(),
                  hidden(
                      topic,
                      "brokers before Kafka 0.11 do not tell a client how their topics are"
                          + " configured")));
      return described;
    }
    Map<ConfigResource, TopicDescription> asked = new HashMap<>();
    for (TopicDescription topic : found) {
      asked.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), topic);
    }
    Map<ConfigResource, KafkaFuture<Config>> answers =
        connection.questions().admin().describeConfigs(asked.keySet()).values();
    for (Map.Entry<ConfigResource, TopicDescription> topic : asked.entrySet()) {
      described.put(topic.getValue().name(), answer(topic.getValue(), answers.get(topic.getKey())));
    }
    return described;
  }

  private TargetTopic answer(TopicDescription topic, KafkaFuture<Config> config)
      throws IOException {
    try {
      return TargetTopic.of(
          topic.name(),
          topic.partitions().size(),
          rules(topic, connection.questions().answer("look at topic " + topic.name(), config)));
    } catch (LoaderException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return hidden(topic, "the user may not see it. Grant DESCRIBE_CONFIGS on the topic");
      }
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return hidden(topic, "it is just being created or deleted");
      }
      throw e;
    }
  }

  private static TargetTopic hidden(TopicDescription topic, String why) {
    return TargetTopic.hidden(topic.name(), topic.partitions().size(), why);
  }

  private static TopicRules rules(TopicDescription topic, Config config) {
    Set<String> policy =
        new HashSet<>(
            Arrays.asList(
                text(config, TopicConfig.CLEANUP_POLICY_CONFIG)
                    .orElse("delete")
                    .split("\\s*,\\s*")));
    Optional<Duration> difference = limit(config, TIMESTAMP_DIFFERENCE);
    return new TopicRules(
        number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
            .map(bytes -> (int) Math.min(Integer.MAX_VALUE, bytes))
            .orElse(Integer.MAX_VALUE),
        policy.contains("delete"),
        policy.contains("compact"),
        limit(config, TopicConfig.RETENTION_MS_CONFIG),
        text(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
            .filter("LogAppendTime"::equals)
            .isPresent(),
        limit(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG).or(() -> difference),
        limit(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG).or(() -> difference),
        number(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).orElse(1L).intValue(),
        fewest(topic, partition -> partition.replicas().size()),
        fewest(topic, partition -> partition.isr().size()));
  }

  private static int fewest(TopicDescription topic, ToIntFunction<TopicPartitionInfo> count) {
    List<TopicPartitionInfo> partitions = topic.partitions();
    return partitions.stream().mapToInt(count).min().orElse(0);
  }

  private static Optional<String> text(Config config, String name) {
    return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
  }

  private static Optional<Long> number(Config config, String name) {
    return text(config, name).map(Long::valueOf);
  }

  /** A number of milliseconds; -1, and as many as there can be, mean that there is no limit. */
  private static Optional<Duration> limit(Config config, String name) {
    return number(config, name)
        .filter(millis -> millis >= 0 && millis < Long.MAX_VALUE)
        .map(Duration::ofMillis);
  }
}
