package io.kafkahdfs.modern.admin;

import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.Connection;
import io.kafkahdfs.modern.connection.Questions;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks which topics there are, and who leads their partitions. */
public final class TopicLister {
  private final Questions questions;
  private final boolean canBeToldNotToCreateTopics;

  public TopicLister(Connection connection) {
    this.questions = connection.questions();
    this.canBeToldNotToCreateTopics = connection.brokers().canBeToldNotToCreateTopics();
  }

  /**
   * Topics that exist, by name.
   *
   * @param internal Kafka's own that a pattern matches and that are left out
   */
  record Listed(Set<String> accepted, Set<String> internal) {}

  /**
   * Lists topics that exist, before any is asked for by name: to be asked for one that does not
   * exist makes brokers before 0.11 create it.
   */
  Listed list(TopicFilter topics) throws IOException {
    Collection<TopicListing> listed =
        questions.answer(
            "list the topics",
            questions.admin().listTopics(new ListTopicsOptions().listInternal(true)).listings());
    Set<String> names = listed.stream().map(TopicListing::name).collect(Collectors.toSet());
    if (canBeToldNotToCreateTopics) {
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

  /** Topics that the user may not see are not listed; asked for one by name, brokers say so. */
  private void requireAllowed(List<String> topics) throws IOException {
    if (topics.isEmpty()) {
      return;
    }
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        questions.admin().describeTopics(topics).topicNameValues().entrySet()) {
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

  /** Describes topics that were listed, but for those that were deleted meanwhile. */
  Collection<TopicDescription> describe(Set<String> listed) throws IOException {
    List<TopicDescription> described = new ArrayList<>();
    if (listed.isEmpty()) {
      return described;
    }
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        questions.admin().describeTopics(listed).topicNameValues().entrySet()) {
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

  /** Those of some topics that exist, as brokers describe them. */
  Collection<TopicDescription> descriptions(Set<String> topics) throws IOException {
    return describe(list(TopicFilter.of(topics.toArray(String[]::new))).accepted());
  }

  /** All partitions of topics, each with the host of its leader if it has one. */
  public SortedMap<PartitionId, Optional<String>> leaders(Set<String> topics) throws IOException {
    SortedMap<PartitionId, Optional<String>> leaders = new TreeMap<>();
    for (TopicDescription topic : descriptions(topics)) {
      leaders.putAll(leaders(topic));
    }
    return leaders;
  }

  static SortedMap<PartitionId, Optional<String>> leaders(TopicDescription topic) {
    SortedMap<PartitionId, Optional<String>> leaders = new TreeMap<>();
    for (TopicPartitionInfo info : topic.partitions()) {
      leaders.put(
          new PartitionId(topic.name(), info.partition()),
          Optional.ofNullable(info.leader()).filter(leader -> !leader.isEmpty()).map(Node::host));
    }
    return leaders;
  }

  /** Asked for the offsets of what does not exist, the client would ask until its time is up. */
  void requireExisting(Set<PartitionId> partitions) throws IOException {
    Set<String> topics = partitions.stream().map(PartitionId::topic).collect(Collectors.toSet());
    Set<PartitionId> existing = topics.isEmpty() ? Set.of() : leaders(topics).keySet();
    for (PartitionId partition : partitions) {
      if (!existing.contains(partition)) {
        throw new LoaderException(ExitCode.FAILURE, "Partition " + partition + " does not exist");
      }
    }
  }

  /** What is to be read must exist where brokers create a topic that a consumer asks for. */
  public void refuseToCreate(Set<PartitionId> partitions) throws IOException {
    if (!canBeToldNotToCreateTopics) {
      requireExisting(partitions);
    }
  }
}
