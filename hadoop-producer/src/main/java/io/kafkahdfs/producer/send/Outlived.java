package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.client.TopicRules;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.Timestamps;
import java.util.HashMap;
import java.util.Map;

/** Counts the records that are sent although their topic does not keep any as old as they are. */
final class Outlived {
  private final boolean timestamps;
  private final Map<String, Long> oldestKept = new HashMap<>();
  private long records;

  Outlived(Settings settings) {
    this.timestamps = settings.get(ExportSettings.TIMESTAMPS) == Timestamps.KEEP;
  }

  /** A record is sent to a topic. */
  void sent(KafkaRecord record, TargetTopic topic) {
    if (timestamps
        && record.timestamp() >= 0
        && record.timestamp() < oldestKept.computeIfAbsent(topic.name(), name -> oldest(topic))) {
      records++;
    }
  }

  /** Milliseconds since 1970; before that if there is no limit, or it is not known. */
  private static long oldest(TargetTopic topic) {
    return topic
        .rules()
        .filter(rules -> rules.deletes() && !rules.stampsArrival())
        .flatMap(TopicRules::retention)
        .map(retention -> System.currentTimeMillis() - retention.toMillis())
        .orElse(Long.MIN_VALUE);
  }

  long records() {
    return records;
  }
}
