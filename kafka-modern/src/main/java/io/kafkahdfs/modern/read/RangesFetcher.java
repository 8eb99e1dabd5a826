package io.kafkahdfs.modern.read;

import io.kafkahdfs.client.FetchAheadReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.BrokerAbilities;
import io.kafkahdfs.modern.connection.ClientProperties;
import io.kafkahdfs.modern.connection.Failures;
import io.kafkahdfs.offset.OffsetRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches ranges one after the other with one consumer, which finds leaders and continues with the
 * next one. Used by one thread, its own.
 */
public final class RangesFetcher {
  private static final Logger LOG = LoggerFactory.getLogger(RangesFetcher.class);

  private static final Duration POLL = Duration.ofMillis(200);

  private final List<OffsetRange> ranges;
  private final ReadSettings settings;
  private final ClientProperties properties;
  private final BrokerAbilities brokers;
  private final Failures failures;

  public RangesFetcher(
      List<OffsetRange> ranges,
      ReadSettings settings,
      ClientProperties properties,
      BrokerAbilities brokers) {
    this.ranges = List.copyOf(ranges);
    this.settings = settings;
    this.properties = properties;
    this.brokers = brokers;
    this.failures = new Failures(properties);
  }

  /** Fetches all of the ranges. */
  public void fetchAll(FetchAheadReader.Sink sink) throws IOException, InterruptedException {
    if (ranges.stream().allMatch(OffsetRange::isEmpty)) {
      return;
    }
    Consumer<ByteBuffer, ByteBuffer> consumer = consumer();
    try {
      Assignment assignment = new Assignment(consumer, ranges, settings.fetchAhead());
      ReadFailures reasons = new ReadFailures(consumer, properties, failures);
      while (assignment.current() != null) {
        fetchCurrent(consumer, assignment, reasons, sink);
        assignment.next();
      }
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

  private void fetchCurrent(
      Consumer<ByteBuffer, ByteBuffer> consumer,
      Assignment assignment,
      ReadFailures reasons,
      FetchAheadReader.Sink sink)
      throws IOException, InterruptedException {
    RangeProgress range = assignment.current();
    Silence silence = new Silence(properties.timeout());
    while (true) {
      RecordBatch batch = range.nextBatch(settings.maxFetchBytes());
      while (batch != null) {
        sink.accept(batch);
        // Waiting for whoever reads is no fault of the brokers.
        silence.end();
        batch = range.nextBatch(settings.maxFetchBytes());
      }
      if (range.isFetched()) {
        return;
      }
      ConsumerRecords<ByteBuffer, ByteBuffer> records = poll(consumer, assignment, reasons);
      int taken = 0;
      for (RangeProgress fetched : assignment.fetched()) {
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> some = records.records(fetched.id());
        fetched.take(some, position(consumer, fetched));
        taken += some.size();
        if (fetched != range && fetched.isWaiting()) {
          assignment.pause(fetched);
        }
      }
      if (taken != records.count()) {
        throw new IllegalStateException(
            "Records came of partitions that are not fetched: " + records.partitions());
      }
      if (!range.isWaiting()) {
        silence.endure(() -> reasons.waitingFor(range));
      }
    }
  }

  /** What comes next, or nothing. */
  private ConsumerRecords<ByteBuffer, ByteBuffer> poll(
      Consumer<ByteBuffer, ByteBuffer> consumer, Assignment assignment, ReadFailures reasons)
      throws IOException {
    RangeProgress range = assignment.current();
    try {
      return consumer.poll(POLL);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      if (mayPass(e)) {
        LOG.warn("Still fetching {}: {}", range.place(), e.getMessage());
      } else if (!assignment.isAlone()) {
        LOG.debug("Still fetching {}, without later partitions", range.place(), e);
        assignment.goOnAlone();
      } else if (e instanceof OffsetOutOfRangeException outOfRange) {
        throw reasons.outOfRange(range, outOfRange);
      } else if (e instanceof AuthenticationException || e instanceof AuthorizationException) {
        throw reasons.refused(range, e);
      } else {
        reasons.throwIfDamaged(range, e);
      }
      return ConsumerRecords.empty();
    }
  }

  private static boolean mayPass(KafkaException e) {
    return e instanceof RetriableException && !(e instanceof CorruptRecordException);
  }

  /** Where the client would continue, if it is sure of it. */
  private static long position(Consumer<?, ?> consumer, RangeProgress range) {
    try {
      return consumer.position(range.id(), Duration.ZERO);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      // The leader has changed, and the client first makes sure that the new one agrees. If it does
      // not, the next poll says so, and of which partition.
      return range.position();
    }
  }
}
