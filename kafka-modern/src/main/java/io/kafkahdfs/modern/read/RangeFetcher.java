package io.kafkahdfs.modern.read;

import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.FetchAheadReader;
import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.client.OffsetsRemovedException;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.client.UnpackFailure;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.BrokerAbilities;
import io.kafkahdfs.modern.connection.ClientProperties;
import io.kafkahdfs.modern.connection.Failures;
import io.kafkahdfs.modern.connection.KafkaId;
import io.kafkahdfs.offset.OffsetRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a range with a consumer of its own, which finds leaders and goes on with the next one by
 * itself. Used by one thread, its own.
 */
public final class RangeFetcher {
  private static final Logger LOG = LoggerFactory.getLogger(RangeFetcher.class);

  private static final Duration POLL = Duration.ofMillis(200);

  private final OffsetRange range;
  private final TopicPartition id;
  private final ReadSettings settings;
  private final ClientProperties properties;
  private final BrokerAbilities brokers;
  private final Failures failures;

  private long position;
  private Silence silence;

  public RangeFetcher(
      OffsetRange range,
      ReadSettings settings,
      ClientProperties properties,
      BrokerAbilities brokers) {
    this.range = range;
    this.id = KafkaId.of(range.partition());
    this.settings = settings;
    this.properties = properties;
    this.brokers = brokers;
    this.failures = new Failures(properties);
    this.position = range.from();
  }

  /** Fetches all of the range. */
  public void fetchAll(FetchAheadReader.Sink sink) throws IOException, InterruptedException {
    if (range.isEmpty()) {
      return;
    }
    Consumer<ByteBuffer, ByteBuffer> consumer = consumer();
    try {
      fetchAll(consumer, sink);
    } catch (InterruptException e) {
      throw interrupted(e);
    } finally {
      // Interrupted or not, it shall give up its connections now.
      boolean interrupted = Thread.interrupted();
      consumer.close(Duration.ZERO);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static InterruptedException interrupted(InterruptException e) {
    InterruptedException interruption = new InterruptedException(e.getMessage());
    interruption.initCause(e);
    return interruption;
  }

  private Consumer<ByteBuffer, ByteBuffer> consumer() throws LoaderException {
    try {
      return new KafkaConsumer<>(
          properties.consumer(settings, brokers),
          new ByteBufferDeserializer(),
          new ByteBufferDeserializer());
    } catch (KafkaException e) {
      throw failures.atStart(e);
    }
  }

  private void fetchAll(Consumer<ByteBuffer, ByteBuffer> consumer, FetchAheadReader.Sink sink)
      throws IOException, InterruptedException {
    consumer.assign(List.of(id));
    consumer.seek(id, position);
    silence = new Silence(properties.timeout());
    while (position < range.until()) {
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = poll(consumer);
      long next = nextOffset(consumer, records);
      if (next == position) {
        silence.endure(() -> waitingFor(consumer));
        continue;
      }
      RecordBatch batch = batch(records, Math.min(next, range.until()));
      position = batch.nextOffset();
      sink.accept(batch);
      // Waiting for whoever reads is no fault of the brokers.
      silence.end();
    }
  }

  /** What comes next, or nothing. */
  private List<ConsumerRecord<ByteBuffer, ByteBuffer>> poll(
      Consumer<ByteBuffer, ByteBuffer> consumer) throws IOException {
    try {
      return consumer.poll(POLL).records(id);
    } catch (OffsetOutOfRangeException e) {
      throw outOfRange(consumer, e);
    } catch (AuthenticationException | AuthorizationException e) {
      throw failures.of("read " + id, e);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      if (e instanceof RetriableException && !(e instanceof CorruptRecordException)) {
        LOG.warn("Going on to fetch {} at offset {}: {}", id, position, e.getMessage());
      } else {
        throwIfDamaged(consumer, e);
      }
      return List.of();
    }
  }

  /** Control records and what is hidden in a transaction move the position, too. */
  private long nextOffset(
      Consumer<ByteBuffer, ByteBuffer> consumer,
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
    long behindRecords =
        records.isEmpty() ? position : records.get(records.size() - 1).offset() + 1;
    try {
      return Math.max(behindRecords, consumer.position(id, Duration.ZERO));
    } catch (TimeoutException e) {
      // The leader has changed, and the client first makes sure that the new one agrees.
      return behindRecords;
    }
  }

  private RecordBatch batch(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records, long nextOffset)
      throws LoaderException {
    long bytes = 0;
    int count = 0;
    for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
      if (record.offset() >= nextOffset) {
        break;
      }
      int size =
          Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
      if (size > settings.maxFetchBytes()) {
        throw new LoaderException(
            ExitCode.WRONG_SETTING,
            "The record at offset "
                + record.offset()
                + " of "
                + range.partition()
                + " has "
                + size
                + " bytes: raise load.max.fetch.bytes (--max-fetch-bytes), now "
                + settings.maxFetchBytes());
      }
      bytes += size;
      count++;
    }
    return new ConsumerBatch(range.partition(), records.subList(0, count), nextOffset, bytes);
  }

  private LoaderException outOfRange(
      Consumer<ByteBuffer, ByteBuffer> consumer, OffsetOutOfRangeException cause) {
    try {
      long first = consumer.beginningOffsets(List.of(id)).get(id);
      if (first > position) {
        return new OffsetsRemovedException(
            new OffsetRange(range.partition(), position, Math.min(first, range.until())));
      }
      return new LoaderException(
          ExitCode.FAILURE,
          "Offset "
              + position
              + " of "
              + range.partition()
              + " does not exist: the partition ends at "
              + consumer.endOffsets(List.of(id)).get(id)
              + ". It lost records that were there before, through an unclean leader election, or"
              + " the topic was deleted and created again.",
          cause);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      return failures.of("find out which offsets " + range.partition() + " has", e);
    }
  }

  private void throwIfDamaged(Consumer<ByteBuffer, ByteBuffer> consumer, KafkaException e)
      throws IOException {
    Optional<LoaderException> ours = UnpackFailure.notOfTheRecords(e, range.partition(), position);
    if (ours.isPresent()) {
      throw ours.get();
    }
    long end = new DamageFinder(consumer, id, properties, failures).end(position, range.until());
    consumer.seek(id, position);
    if (end > position) {
      throw new DamagedRecordException(
          new OffsetRange(range.partition(), position, end), DamageFinder.explanation(e), e);
    }
    LOG.warn("Read {} at offset {} once more: {}", id, position, DamageFinder.explanation(e));
  }

  private KafkaUnreachableException waitingFor(Consumer<ByteBuffer, ByteBuffer> consumer) {
    String why;
    Exception cause = null;
    try {
      Duration patience = properties.timeout().dividedBy(4);
      long end = consumer.endOffsets(List.of(id), patience).get(id);
      why = "no records there yet, its readable end is " + end;
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      why = "no answer from its leader, nor from " + properties.servers() + ": " + e.getMessage();
      cause = e;
    }
    return new KafkaUnreachableException(
        "Could not read "
            + range.partition()
            + " at offset "
            + position
            + " for "
            + properties.timeout().toMillis()
            + " ms: "
            + why,
        cause);
  }
}
