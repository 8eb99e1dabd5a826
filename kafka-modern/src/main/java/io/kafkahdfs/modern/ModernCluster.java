package io.kafkahdfs.modern;

import io.kafkahdfs.client.FetchAheadReader;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordLook;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.client.TopicsSnapshot;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A cluster that is spoken to with today's client. */
final class ModernCluster implements KafkaCluster {
  private final ClientProperties properties;
  private final Questions questions;
  private final Admin admin;
  private final BrokerAbilities brokers;
  private final Optional<String> clusterId;
  private final OffsetLister offsets;

  private ModernCluster(
      ClientProperties properties,
      Questions questions,
      BrokerAbilities brokers,
      Optional<String> clusterId) {
    this.properties = properties;
    this.questions = questions;
    this.admin = questions.admin();
    this.brokers = brokers;
    this.clusterId = clusterId;
    this.offsets =
        brokers.canBeToldNotToCreateTopics()
            ? new AdminOffsetLister(questions, brokers.isolation())
            : new ConsumerOffsetLister(properties, brokers);
  }

  static ModernCluster connect(ClientProperties properties) throws IOException {
    Questions questions = Questions.with(properties);
    try {
      String id = questions.firstAnswer(questions.admin().describeCluster().clusterId());
      return new ModernCluster(
          properties,
          questions,
          BrokerAbilities.find(properties, questions),
          Optional.ofNullable(id));
    } catch (IOException | RuntimeException e) {
      questions.close();
      throw e;
    }
  }

  BrokerAbilities brokers() {
    return brokers;
  }

  /** How some broker is configured; empty if it does not tell. */
  Optional<String> brokerConfig(String name) throws IOException {
    try {
      Node broker =
          questions.answer("list the brokers", admin.describeCluster().nodes()).iterator().next();
      ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
      Config config =
          questions.answer(
              "read the configuration of broker " + broker.idString(),
              admin.describeConfigs(Set.of(resource)).values().get(resource));
      return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
    } catch (LoaderException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  Questions questions() {
    return questions;
  }

  @Override
  public Generation generation() {
    return Generation.MODERN;
  }

  @Override
  public Isolation isolation() {
    return brokers.isolation();
  }

  @Override
  public Optional<String> clusterId() {
    return clusterId;
  }

  @Override
  public TopicsSnapshot describe(TopicFilter topics) throws IOException {
    Listed listed = list(topics);
    SortedMap<String, String> ids = new TreeMap<>();
    SortedMap<PartitionId, Optional<String>> leaders = new TreeMap<>();
    for (TopicDescription topic : describe(listed.accepted())) {
      if (!topic.topicId().equals(Uuid.ZERO_UUID)) {
        ids.put(topic.name(), topic.topicId().toString());
      }
      leaders.putAll(leaders(topic));
    }
    SortedMap<PartitionId, PartitionSnapshot> partitions = new TreeMap<>();
    offsets
        .ends(leaders.keySet())
        .forEach(
            (partition, ends) ->
                partitions.put(
                    partition,
                    new PartitionSnapshot(
                        leaders.get(partition), ends.readable(), ends.highWatermark())));
    return new TopicsSnapshot(ids, partitions, listed.internal());
  }

  /** All partitions of topics, each with the host of its leader if it has one. */
  SortedMap<PartitionId, Optional<String>> leaders(Set<String> topics) throws IOException {
    SortedMap<PartitionId, Optional<String>> leaders = new TreeMap<>();
    for (TopicDescription topic :
        describe(list(TopicFilter.of(topics.toArray(String[]::new))).accepted())) {
      leaders.putAll(leaders(topic));
    }
    return leaders;
  }

  private static SortedMap<PartitionId, Optional<String>> leaders(TopicDescription topic) {
    SortedMap<PartitionId, Optional<String>> leaders = new TreeMap<>();
    for (TopicPartitionInfo info : topic.partitions()) {
      leaders.put(
          new PartitionId(topic.name(), info.partition()),
          Optional.ofNullable(info.leader()).filter(leader -> !leader.isEmpty()).map(Node::host));
    }
    return leaders;
  }

  /**
   * Topics that exist, by name.
   *
   * @param internal Kafka's own that a pattern matches and that are left out
   */
  private record Listed(Set<String> accepted, Set<String> internal) {}

  /**
   * Lists topics that exist, before any is asked for by name: to be asked for one that does not
   * exist makes brokers before 0.11 create it.
   */
  private Listed list(TopicFilter topics) throws IOException {
    Collection<TopicListing> listed =
        questions.answer(
            "list the topics",
            admin.listTopics(new ListTopicsOptions().listInternal(true)).listings());
    Set<String> names = listed.stream().map(TopicListing::name).collect(Collectors.toSet());
    if (brokers.canBeToldNotToCreateTopics()) {
      requireAllowed(
          topics.names().stream()
              .filter(topics::accepts)
              .filter(name -> !names.contains(name))
              .toList());
    }
    Set<String> accepted = new TreeSet<>();
    Set<String> internal = new TreeSet<>();
    for (TopicListing topic : listed) {
      if (topics.accepts(topic.name(), topic.isInternal())) {
        accepted.add(topic.name());
      } else if (topics.leavesOut(topic.name(), topic.isInternal())) {
        internal.add(topic.name());
      }
    }
    return new Listed(accepted, internal);
  }

  /** Those of some topics that exist, as brokers describe them. */
  Collection<TopicDescription> descriptions(Set<String> topics) throws IOException {
    return describe(list(TopicFilter.of(topics.toArray(String[]::new))).accepted());
  }

  /** Describes topics that were listed, but for those that were deleted meanwhile. */
  private Collection<TopicDescription> describe(Set<String> names) throws IOException {
    List<TopicDescription> described = new ArrayList<>();
    if (names.isEmpty()) {
      return described;
    }
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        admin.describeTopics(names).topicNameValues().entrySet()) {
      TopicDescription description =
          questions.answerUnless(
              UnknownTopicOrPartitionException.class,
              "describe topic " + topic.getKey(),
              topic.getValue());
      if (description != null) {
        described.add(description);
      }
    }
    return described;
  }

  /** Topics that the user may not see are not listed; asked for one by name, brokers say so. */
  private void requireAllowed(List<String> topics) throws IOException {
    if (topics.isEmpty()) {
      return;
    }
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        admin.describeTopics(topics).topicNameValues().entrySet()) {
      try {
        questions.answer("describe topic " + topic.getKey(), topic.getValue());
      } catch (LoaderException e) {
        if (e.getCause() instanceof AuthorizationException) {
          throw e;
        }
        // It does not exist, or cannot.
      }
    }
  }

  @Override
  public Map<PartitionId, Long> offsetsAt(Set<PartitionId> partitions, Instant time)
      throws IOException {
    requireExisting(partitions);
    return offsets.at(partitions, time);
  }

  /** Asked for the offsets of what does not exist, the client would ask until its time is up. */
  private void requireExisting(Set<PartitionId> partitions) throws IOException {
    Set<String> topics = partitions.stream().map(PartitionId::topic).collect(Collectors.toSet());
    Set<PartitionId> existing = topics.isEmpty() ? Set.of() : leaders(topics).keySet();
    for (PartitionId partition : partitions) {
      if (!existing.contains(partition)) {
        throw new LoaderException(ExitCode.FAILURE, "Partition " + partition + " does not exist");
      }
    }
  }

  @Override
  public Map<PartitionId, RecordLook> look(Map<PartitionId, Long> offsets, ReadSettings settings)
      throws IOException {
    if (!brokers.canBeToldNotToCreateTopics()) {
      requireExisting(offsets.keySet());
    }
    return new RecordLooker(properties, brokers).look(offsets, settings);
  }

  @Override
  public RangeReader read(OffsetRange range, ReadSettings settings) throws IOException {
    if (!brokers.canBeToldNotToCreateTopics()) {
      requireExisting(Set.of(range.partition()));
    }
    RangeFetcher fetcher = new RangeFetcher(range, settings, properties, brokers);
    return FetchAheadReader.start(range, fetcher::fetchAll, settings.fetchAhead());
  }

  @Override
  public boolean publishesOffsets() {
    return true;
  }

  @Override
  public void publishOffsets(String group, Map<PartitionId, Long> next) throws IOException {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    next.forEach(
        (partition, offset) ->
            offsets.put(OffsetLister.kafkaId(partition), new OffsetAndMetadata(offset)));
    try {
      questions.answer(
          "publish offsets as group " + group,
          admin.alterConsumerGroupOffsets(group, offsets).all());
    } catch (LoaderException e) {
      if (e.getCause() instanceof UnknownMemberIdException) {
        throw new LoaderException(
            ExitCode.WRONG_SETTING,
            "Group "
                + group
                + " has members, which commit offsets of their own. Give --group a name that"
                + " nobody else uses.",
            e);
      }
      throw e;
    }
  }

  @Override
  public Map<PartitionId, Long> publishedOffsets(String group) throws IOException {
    Map<PartitionId, Long> offsets = new TreeMap<>();
    questions
        .answer(
            "ask for the offsets of group " + group,
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, offset) -> {
              // Null where the group has none.
              if (offset != null) {
                offsets.put(
                    new PartitionId(partition.topic(), partition.partition()), offset.offset());
              }
            });
    return offsets;
  }

  @Override
  public void close() {
    questions.close();
  }
}
