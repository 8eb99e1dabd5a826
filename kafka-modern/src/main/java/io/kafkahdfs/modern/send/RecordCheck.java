package io.kafkahdfs.modern.send;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.client.TopicRules;
import io.kafkahdfs.failure.ExitCode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.DefaultRecord;
import org.apache.kafka.common.record.DefaultRecordBatch;

/**
 * Holds each record against what its topic takes, before Kafka's producer has it: there it would
 * share a batch with others, which fail with it, and one that is too large may be split off and
 * sent again until the time is up. Used by one thread.
 */
final class RecordCheck {
  /** More than the numbers around a record, or a header, ever take. */
  private static final int OVERHEAD = 100;

  private final Topics topics;
  private final SendSettings sending;
  private final Map<String, Optional<TopicRules>> rules = new HashMap<>();

  /** Describes topics, as {@link io.kafkahdfs.client.KafkaTarget#describe}. */
  @FunctionalInterface
  interface Topics {
    Map<String, TargetTopic> describe(Set<String> topics) throws IOException;
  }

  /**
   * Why a record cannot be sent.
   *
   * @param reason to follow the topic's name
   */
  record Refusal(ExitCode exitCode, String reason) {}

  /**
   * @param topics asked for each topic once
   * @param sending how records are sent
   */
  RecordCheck(Topics topics, SendSettings sending) {
    this.topics = topics;
    this.sending = sending;
  }

  /** Why a record cannot be sent to a topic; empty if it can, as far as that is known. */
  Optional<Refusal> refusal(KafkaRecord record, String topic) throws IOException {
    if (sending.timestamps()
        && record.timestamp() < 0
        && record.timestamp() != KafkaRecord.NO_TIMESTAMP) {
      return refused(
          "its timestamp is "
              + record.timestamp()
              + ", before 1970, which Kafka's producer does not send. Set --timestamps now to send"
              + " records without their own");
    }
    Optional<TopicRules> known = rules(topic);
    return known.isEmpty() ? Optional.empty() : refusal(record, known.get());
  }

  private Optional<TopicRules> rules(String topic) throws IOException {
    Optional<TopicRules> known = rules.get(topic);
    if (known == null) {
      known =
          Optional.ofNullable(topics.describe(Set.of(topic)).get(topic))
              .flatMap(TargetTopic::rules);
      rules.put(topic, known);
    }
    return known;
  }

  private Optional<Refusal> refusal(KafkaRecord record, TopicRules topic) {
    if (topic.compacts() && record.key().isNull()) {
      return refused(
          "it has no key, and the topic is compacted (cleanup.policy) and takes none without");
    }
    if (sending.batchBytes() > topic.maxMessageBytes()) {
      return Optional.of(
          new Refusal(
              ExitCode.WRONG_SETTING,
              "--batch-bytes "
                  + sending.batchBytes()
                  + " is more than the topic takes (max.message.bytes="
                  + topic.maxMessageBytes()
                  + "). Set it to no more than that"));
    }
    // How large it is compressed is known when it is: then the broker tells.
    if (sending.compression() == SendSettings.Compression.NONE
        && mostBytes(record) > topic.maxMessageBytes()) {
      int bytes = bytes(record);
      if (bytes > topic.maxMessageBytes()) {
        return refused(
            tooLarge(record.key().length() + record.value().length())
                + "the topic takes: as a batch it has "
                + bytes
                + ", and max.message.bytes="
                + topic.maxMessageBytes()
                + ". Raise that, or set --compression");
      }
    }
    return Optional.empty();
  }

  /**
   * Why the client finds no place for a record in what it knows of the cluster: asked once it has
   * given up.
   *
   * @param partition a number, or {@link io.kafkahdfs.client.RecordSender#BY_KEY}
   */
  Optional<Refusal> missing(String topic, int partition) throws IOException {
    TargetTopic now = topics.describe(Set.of(topic)).get(topic);
    if (now == null) {
      return refused("the topic does not exist any more");
    }
    return partition < now.partitions()
        ? Optional.empty()
        : refused("the topic has only partitions 0 to " + (now.partitions() - 1));
  }

  private static Optional<Refusal> refused(String reason) {
    return Optional.of(new Refusal(ExitCode.FAILURE, reason));
  }

  /**
   * @param bytes of the record's key and value
   */
  static String tooLarge(int bytes) {
    return "its " + bytes + " bytes are more than ";
  }

  private static long mostBytes(KafkaRecord record) {
    long bytes = (long) record.key().length() + record.value().length() + OVERHEAD;
    for (RecordHeader header : record.headers()) {
      // A character has up to 3 bytes in UTF-8.
      bytes += 3L * header.key().length() + length(header.value()) + OVERHEAD;
    }
    return bytes;
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** How large a batch is that holds this record alone, uncompressed. */
  private static int bytes(KafkaRecord record) {
    RecordHeaders headers = new RecordHeaders();
    record.headers().forEach(header -> headers.add(header.key(), header.value()));
    Header[] all = headers.toArray();
    return DefaultRecordBatch.RECORD_BATCH_OVERHEAD
        + DefaultRecord.sizeInBytes(
            0,
            0L,
            record.key().isNull() ? -1 : record.key().length(),
            record.value().isNull() ? -1 : record.value().length(),
            all);
  }
}
