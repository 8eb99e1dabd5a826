package io.kafkahdfs.producer.partition;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.client.TopicCreator;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.NewTopics;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which topic a record goes to, and how many partitions that has. Used by one thread. */
public final class TargetTopics {
  private final KafkaTarget target;
  private final Optional<String> fixed;
  private final String prefix;
  private final Optional<NewTopics> created;
  private final Map<String, TargetTopic> described = new HashMap<>();
  private final Map<String, String> prefixed = new HashMap<>();

  public TargetTopics(KafkaTarget target, Settings settings) {
    this.target = target;
    this.fixed = settings.find(ExportSettings.TOPIC);
    this.prefix = settings.find(ExportSettings.TOPIC_PREFIX).orElse("");
    this.created = settings.find(ExportSettings.CREATE_TOPICS);
  }

  /**
   * Checks that the settings say where records go.
   *
   * @throws InvalidSettingException if they say nothing, or two things
   */
  public static void check(Settings settings) throws InvalidSettingException {
    boolean named = settings.isGiven(ExportSettings.TOPIC);
    boolean fromRecord = settings.get(ExportSettings.TOPIC_FROM_RECORD);
    if (named == fromRecord) {
      throw new InvalidSettingException(
          named
              ? "--topic and --topic-from-record are both given. Use one of them."
              : "No topic is given. Name it with --topic, or set --topic-from-record for archives"
                  + " of kafka-to-hdfs.");
    }
    if (named && settings.isGiven(ExportSettings.TOPIC_PREFIX)) {
      throw new InvalidSettingException(
          "--topic-prefix is for --topic-from-record only. With --topic use the whole name.");
    }
  }

  /** What a topic that records were read from is called here. */
  public String named(String source) {
    return fixed.orElseGet(() -> prefixed.computeIfAbsent(source, name -> prefix + name));
  }

  /**
   * The topic for a record.
   *
   * @throws LoaderException if the record does not tell
   */
  public String of(KafkaRecord record) throws LoaderException {
    if (fixed.isPresent()) {
      return fixed.get();
    }
    if (record.partition() == null) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          "--topic-from-record needs archives of kafka-to-hdfs (--format avro), and this record is"
              + " none. Use --topic instead.");
    }
    return named(record.partition().topic());
  }

  /**
   * A topic as it was when it was first asked for; creates it if that is wanted.
   *
   * @throws LoaderException if it does not exist
   */
  public TargetTopic described(String topic) throws IOException {
    TargetTopic known = described.get(topic);
    if (known == null) {
      prepare(Set.of(topic));
      known = described.get(topic);
    }
    return known;
  }

  /** Those of some topics that do not exist. */
  public Set<String> missing(Collection<String> topics) throws IOException {
    Set<String> missing = new TreeSet<>(topics);
    missing.removeAll(target.partitionCounts(Set.copyOf(topics)).keySet());
    return missing;
  }

  /**
   * Makes sure that topics exist; creates them if that is wanted.
   *
   * @throws LoaderException naming those that do not exist
   */
  public void prepare(Collection<String> topics) throws IOException {
    Set<String> missing = missing(topics);
    if (!missing.isEmpty()) {
      create(missing);
    }
    described.putAll(target.describe(Set.copyOf(topics)));
    if (!described.keySet().containsAll(topics)) {
      throw new LoaderException(
          ExitCode.FAILURE, "Topics that were just created cannot be found: " + missing);
    }
  }

  private void create(Set<String> missing) throws IOException {
    if (created.isEmpty()) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          "There is no topic "
              + String.join(", ", missing)
              + ". Create it, or set --create-topics PARTITIONS:REPLICATION.");
    }
    Optional<TopicCreator> creator = target.topicCreator();
    if (creator.isEmpty()) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          "--create-topics cannot work here: brokers as old as these create topics through"
              + " ZooKeeper only. Create "
              + String.join(", ", missing)
              + " with kafka-topics.sh.");
    }
    for (String topic : missing) {
      creator.get().create(topic, created.get().partitions(), created.get().replication());
    }
  }
}
