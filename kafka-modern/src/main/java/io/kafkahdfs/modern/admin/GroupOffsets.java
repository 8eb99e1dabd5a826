package io.kafkahdfs.modern.admin;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.KafkaId;
import io.kafkahdfs.modern.connection.Questions;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets, reads and deletes the offsets that brokers keep for consumer groups. */
public final class GroupOffsets {
  private static final Logger LOG = LoggerFactory.getLogger(GroupOffsets.class);

  private final Questions questions;

  public GroupOffsets(Questions questions) {
    this.questions = questions;
  }

  /** As {@link io.kafkahdfs.client.KafkaCluster#publishOffsets}. */
  public void publish(String group, Map<PartitionId, Long> next) throws IOException {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    next.forEach(
        (partition, offset) -> offsets.put(KafkaId.of(partition), new OffsetAndMetadata(offset)));
    try {
      questions.answer(
          "publish offsets as group " + group,
          questions.admin().alterConsumerGroupOffsets(group, offsets).all());
    } catch (LoaderException e) {
      if (e.getCause() instanceof UnknownMemberIdException) {
        throw new LoaderException(
            ExitCode.WRONG_SETTING,
            "Group "
                + group
                + " has members, which commit offsets of their own. Set --group to a name that"
                + " nobody else uses.",
            e);
      }
      throw e;
    }
  }

  /** As {@link io.kafkahdfs.client.KafkaCluster#publishedOffsets}. */
  public Map<PartitionId, Long> published(String group) throws IOException {
    Map<PartitionId, Long> offsets = new HashMap<>();
    questions
        .answer(
            "ask for the offsets of group " + group,
            questions.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
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

  /** Deletes groups. Those that do not exist are passed by. */
  public void delete(Set<String> groups) throws IOException {
    if (groups.isEmpty()) {
      return;
    }
    for (Map.Entry<String, KafkaFuture<Void>> group :
        questions.admin().deleteConsumerGroups(groups).deletedGroups().entrySet()) {
      try {
        questions.answerUnless(
            GroupIdNotFoundException.class,
            "delete the progress that is kept as group " + group.getKey(),
            group.getValue());
      } catch (LoaderException e) {
        if (!(e.getCause() instanceof UnsupportedVersionException)) {
          throw e;
        }
        // Before Kafka 1.1 groups cannot be deleted. The brokers forget them after some time.
        LOG.info("The brokers cannot delete the group {}", group.getKey());
      }
    }
  }
}
