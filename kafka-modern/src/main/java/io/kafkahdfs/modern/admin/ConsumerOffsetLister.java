package io.kafkahdfs.modern.admin;

import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.BrokerAbilities;
import io.kafkahdfs.modern.connection.ClientProperties;
import io.kafkahdfs.modern.connection.Failures;
import io.kafkahdfs.modern.connection.KafkaId;
import io.kafkahdfs.modern.connection.OwnClassLoader;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Asks brokers of Kafka 0.10, which do not understand how the admin client asks. A consumer asks
 * each leader once, too.
 */
final class ConsumerOffsetLister implements OffsetLister {
  private static final ReadSettings NOTHING = new ReadSettings(1, 1, 1);

  private final ClientProperties properties;
  private final BrokerAbilities brokers;
  private final Failures failures;

  ConsumerOffsetLister(ClientProperties properties, BrokerAbilities brokers) {
    this.properties = properties;
    this.brokers = brokers;
    this.failures = new Failures(properties);
  }

  private interface Question<T> {
    T ask(Consumer<?, ?> consumer);
  }

  private <T> T ask(String what, Question<T> question) throws LoaderException {
    try (Consumer<?, ?> consumer =
        OwnClassLoader.call(
            () ->
                new KafkaConsumer<>(
                    properties.consumer(NOTHING, brokers),
                    new ByteBufferDeserializer(),
                    new ByteBufferDeserializer()))) {
      return question.ask(consumer);
    } catch (KafkaException e) {
      throw failures.of(what, e);
    }
  }

  /** {@inheritDoc} These brokers have no transactions: what is written can be read. */
  @Override
  public Map<PartitionId, Ends> ends(Set<PartitionId> partitions) throws IOException {
    Map<PartitionId, TopicPartition> ids = ids(partitions);
    return ask(
        "list offsets",
        consumer -> {
          Map<TopicPartition, Long> first = consumer.beginningOffsets(ids.values());
          Map<TopicPartition, Long> end = consumer.endOffsets(ids.values());
          Map<PartitionId, Ends> ends = new HashMap<>();
          ids.forEach(
              (partition, id) -> {
                OffsetRange all = new OffsetRange(partition, first.get(id), end.get(id));
                ends.put(partition, new Ends(all, all.until()));
              });
          return ends;
        });
  }

  @Override
  public Map<PartitionId, Long> at(Set<PartitionId> partitions, Instant time) throws IOException {
    Map<PartitionId, TopicPartition> ids = ids(partitions);
    return ask(
        "find the offsets of a time",
        consumer -> {
          Map<TopicPartition, Long> first = consumer.beginningOffsets(ids.values());
          Map<TopicPartition, Long> end = consumer.endOffsets(ids.values());
          Map<TopicPartition, OffsetAndTimestamp> found =
              from(consumer, ids.values(), Math.max(0, time.toEpochMilli()));
          Set<TopicPartition> missing = new HashSet<>(ids.values());
          missing.removeAll(found.keySet());
          // Of those without any time, nobody knows which records are old.
          Set<TopicPartition> timed = from(consumer, missing, 0).keySet();
          Map<PartitionId, Long> offsets = new HashMap<>();
          ids.forEach(
              (partition, id) -> {
                if (found.containsKey(id)) {
                  offsets.put(partition, found.get(id).offset());
                } else {
                  offsets.put(partition, timed.contains(id) ? end.get(id) : first.get(id));
                }
              });
          return offsets;
        });
  }

  /** The partitions that have a record from a time on. */
  private static Map<TopicPartition, OffsetAndTimestamp> from(
      Consumer<?, ?> consumer, Collection<TopicPartition> ids, long millis) {
    Map<TopicPartition, Long> times = new HashMap<>();
    ids.forEach(id -> times.put(id, millis));
    Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>(consumer.offsetsForTimes(times));
    found.values().removeIf(offset -> offset == null);
    return found;
  }

  private static Map<PartitionId, TopicPartition> ids(Set<PartitionId> partitions) {
    Map<PartitionId, TopicPartition> ids = new HashMap<>();
    partitions.forEach(partition -> ids.put(partition, KafkaId.of(partition)));
    return ids;
  }
}
