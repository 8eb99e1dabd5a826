package io.kafkahdfs.modern.read;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.client.RecordLook;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.BrokerAbilities;
import io.kafkahdfs.modern.connection.ClientProperties;
import io.kafkahdfs.modern.connection.Failures;
import io.kafkahdfs.modern.connection.KafkaId;
import io.kafkahdfs.modern.connection.OwnClassLoader;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Looks at one record of each of many partitions, with one consumer for all. Partitions whose
 * answer has come are paused, so that brokers are asked for the others only.
 *
 * <p>It does not tell the client which leader epoch it expects, so that it would ask brokers to
 * validate it (KIP-320): where a topic was made anew its epochs begin anew too, and the client
 * would wait for ever for a leader that is as new as the one that it knows. The record found has an
 * epoch of its own.
 */
public final class RecordLooker {
  /**
   * Asked of all partitions together, and of each between the bounds below. A batch that is larger
   * than what is asked of its partition comes whole, but only one of them with each answer.
   */
  private static final int TOTAL_BYTES = 64 << 20;

  private static final int LEAST_BYTES = 64 << 10;
  private static final int MOST_BYTES = 1 << 20;

  /** How large the answer of one broker may be: the driver need not have much memory. */
  private static final int ANSWER_BYTES = 16 << 20;

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private final ClientProperties properties;
  private final BrokerAbilities brokers;
  private final Duration patience;
  private final Map<PartitionId, RecordLook> looks = new HashMap<>();

  public RecordLooker(ClientProperties properties, BrokerAbilities brokers) {
    this.properties = properties;
    this.brokers = brokers;
    this.patience =
        properties.timeout().compareTo(LONGEST_SILENCE) < 0
            ? properties.timeout()
            : LONGEST_SILENCE;
  }

  public Map<PartitionId, RecordLook> look(Map<PartitionId, Long> offsets, ReadSettings settings)
      throws IOException {
    Map<TopicPartition, Long> open = new LinkedHashMap<>();
    offsets.forEach((partition, offset) -> open.put(KafkaId.of(partition), offset));
    answerAll(
        open,
        new ReadSettings(
            Math.min(fetchBytes(offsets.size()), settings.maxFetchBytes()),
            settings.maxFetchBytes(),
            settings.fetchAhead(),
            settings.isolation()));
    return looks;
  }

  private static int fetchBytes(int partitions) {
    return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, TOTAL_BYTES / Math.max(1, partitions)));
  }

  /** A record that cannot be read fails the poll, which does not say whose it is: halves tell. */
  private void answerAll(Map<TopicPartition, Long> open, ReadSettings settings) throws IOException {
    if (open.isEmpty()) {
      return;
    }
    try {
      lookTogether(open, settings);
    } catch (InterruptException e) {
      InterruptedIOException interruption = new InterruptedIOException(e.getMessage());
      interruption.initCause(e);
      throw interruption;
    } catch (AuthenticationException | AuthorizationException e) {
      throw new Failures(properties).of("read what was landed last", e);
    } catch (KafkaException e) {
      List<TopicPartition> left = List.copyOf(open.keySet());
      if (left.size() == 1) {
        answer(open, left.get(0), RecordLook.unseen("it is damaged: " + e.getMessage()));
        return;
      }
      Map<TopicPartition, Long> half = new LinkedHashMap<>();
      for (TopicPartition id : left.subList(0, left.size() / 2)) {
        half.put(id, open.remove(id));
      }
      answerAll(half, settings);
      answerAll(open, settings);
    }
  }

  /** Takes the answers that come out of {@code open}. */
  private void lookTogether(Map<TopicPartition, Long> open, ReadSettings settings)
      throws LoaderException {
    Consumer<ByteBuffer, ByteBuffer> consumer = consumer(settings);
    try {
      consumer.assign(open.keySet());
      open.forEach(consumer::seek);
      long since = System.nanoTime();
      while (!open.isEmpty()) {
        List<TopicPartition> answered = poll(consumer, open);
        if (!answered.isEmpty()) {
          consumer.pause(answered);
          since = System.nanoTime();
        } else if (System.nanoTime() - since > patience.toNanos()) {
          String why = "no answer came for " + TimeUnit.NANOSECONDS.toMillis(patience.toNanos());
          List.copyOf(open.keySet())
              .forEach(id -> answer(open, id, RecordLook.unseen(why + " ms")));
        }
      }
    } finally {
      consumer.close(Duration.ZERO);
    }
  }

  private Consumer<ByteBuffer, ByteBuffer> consumer(ReadSettings settings) throws LoaderException {
    Map<String, Object> configuration = properties.consumer(settings, brokers);
    configuration.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, ANSWER_BYTES);
    try {
      return OwnClassLoader.call(
          () ->
              new KafkaConsumer<>(
                  configuration, new ByteBufferDeserializer(), new ByteBufferDeserializer()));
    } catch (KafkaException e) {
      throw new Failures(properties).atStart(e);
    }
  }

  private List<TopicPartition> poll(
      Consumer<ByteBuffer, ByteBuffer> consumer, Map<TopicPartition, Long> open) {
    List<TopicPartition> answered = new ArrayList<>();
    ConsumerRecords<ByteBuffer, ByteBuffer> records;
    try {
      records = consumer.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      answered.addAll(e.partitions());
      answered.retainAll(open.keySet());
      answered.forEach(id -> answer(open, id, RecordLook.REMOVED));
      return answered;
    } catch (RetriableException e) {
      if (e instanceof CorruptRecordException) {
        throw e;
      }
      return answered;
    }
    for (Map.Entry<TopicPartition, Long> entry : Map.copyOf(open).entrySet()) {
      TopicPartition id = entry.getKey();
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> found = records.records(id);
      if (found.isEmpty() && !isBehind(consumer, id, entry.getValue())) {
        continue;
      }
      boolean there = !found.isEmpty() && found.get(0).offset() == entry.getValue();
      answer(open, id, there ? RecordLook.at(fingerprint(found.get(0))) : RecordLook.GONE);
      answered.add(id);
    }
    return answered;
  }

  /** Whether the client has passed an offset, over what it does not show. */
  private static boolean isBehind(Consumer<?, ?> consumer, TopicPartition id, long offset) {
    try {
      return consumer.position(id, Duration.ZERO) > offset;
    } catch (TimeoutException e) {
      // The leader has changed, and the client first makes sure that the new one agrees.
      return false;
    }
  }

  private static RecordFingerprint fingerprint(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    ByteView key = new ByteView();
    ByteView value = new ByteView();
    ConsumerBatch.show(record.key(), key);
    ConsumerBatch.show(record.value(), value);
    return RecordFingerprint.of(
        record.offset(), key, value, record.timestamp(), ConsumerBatch.leaderEpoch(record));
  }

  private void answer(Map<TopicPartition, Long> open, TopicPartition id, RecordLook look) {
    open.remove(id);
    looks.put(new PartitionId(id.topic(), id.partition()), look);
  }
}
