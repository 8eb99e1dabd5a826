package io.kafkahdfs.modern.send;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.admin.TopicLook;
import io.kafkahdfs.modern.connection.Connection;
import io.kafkahdfs.modern.connection.OwnClassLoader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends with Kafka's producer, without transactions. */
public final class ProducerSender implements RecordSender {
  private final KafkaProducer<byte[], byte[]> producer;
  private final SendFailures failures;
  private final RecordCheck check;
  private final How how;
  private final Optional<Metric> resent;
  private final FirstFailure first;

  /**
   * What of a record is sent.
   *
   * @param headers whether the brokers keep headers; else they are left out. Those that do also
   *     recognize records that are sent again.
   * @param timestamps whether records keep their own
   */
  record How(boolean headers, boolean timestamps) {}

  ProducerSender(
      KafkaProducer<byte[], byte[]> producer, SendFailures failures, RecordCheck check, How how) {
    this.producer = producer;
    this.failures = failures;
    this.check = check;
    this.how = how;
    this.resent =
        how.headers ? Optional.empty() : Optional.of(metric(producer, "record-retry-total"));
    this.first = new FirstFailure(failures, metric(producer, "batch-split-total"));
  }

  /** One of the producer's own figures. */
  static Metric metric(KafkaProducer<byte[], byte[]> producer, String name) {
    return producer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().group().equals("producer-metrics"))
        .filter(metric -> metric.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findAny()
        .orElseThrow();
  }

  static long count(Metric metric) {
    return ((Double) metric.metricValue()).longValue();
  }

  /**
   * Begins to send.
   *
   * @param topics what records are held against
   * @throws LoaderException if the producer does not take the properties
   */
  public static RecordSender start(Connection connection, SendSettings sending, TopicLook topics)
      throws LoaderException {
    return start(
        connection.properties().producer(sending, connection.brokers()),
        new SendFailures(connection.properties()),
        new RecordCheck(topics::describe, sending),
        new How(connection.brokers().transactions(), sending.timestamps()));
  }

  static ProducerSender start(
      Map<String, Object> properties, SendFailures failures, RecordCheck check, How how)
      throws LoaderException {
    return new ProducerSender(producer(properties, failures), failures, check, how);
  }

  static KafkaProducer<byte[], byte[]> producer(
      Map<String, Object> properties, SendFailures failures) throws LoaderException {
    try {
      return OwnClassLoader.call(
          () ->
              new KafkaProducer<>(
                  properties, new ByteArraySerializer(), new ByteArraySerializer()));
    } catch (KafkaException e) {
      throw failures.atStart(e);
    }
  }

  @Override
  public void send(
      KafkaRecord record, String topic, int partition, long number, Acknowledgement acknowledgement)
      throws IOException {
    first.throwIfAny();
    Optional<RecordCheck.Refusal> refusal = check.refusal(record, topic);
    if (refusal.isPresent()) {
      throw first.refused(failures.refused(number, topic, partition, refusal.get()));
    }
    Sending sending;
    try {
      sending =
          new Sending(
              number,
              new ProducerRecord<>(
                  topic,
                  partition == BY_KEY ? null : (Integer) partition,
                  timestamp(record),
                  record.key().toByteArray(),
                  record.value().toByteArray(),
                  headers(record.headers())),
              acknowledgement,
              first);
    } catch (IllegalArgumentException e) {
      throw first.refused(failures.unfit(number, topic, partition, e));
    }
    try {
      sending.handOver(producer);
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException | IllegalArgumentException | IllegalStateException e) {
      first.failed(sending, e);
    }
    if (first.isTimeoutOf(sending)) {
      refusal = missing(topic, partition);
      if (refusal.isPresent()) {
        throw first.refused(failures.refused(number, topic, partition, refusal.get()));
      }
    }
    first.throwIfAny();
  }

  private Optional<RecordCheck.Refusal> missing(String topic, int partition) {
    try {
      return check.missing(topic, partition);
    } catch (IOException e) {
      // The brokers do not answer this, either.
      return Optional.empty();
    }
  }

  private Long timestamp(KafkaRecord record) {
    return !how.timestamps || record.timestamp() == KafkaRecord.NO_TIMESTAMP
        ? null
        : (Long) record.timestamp();
  }

  private Iterable<Header> headers(List<RecordHeader> headers) {
    if (headers.isEmpty() || !how.headers) {
      return null;
    }
    RecordHeaders sent = new RecordHeaders();
    headers.forEach(header -> sent.add(header.key(), header.value()));
    return sent;
  }

  @Override
  public void flush() throws IOException {
    try {
      producer.flush();
    } catch (InterruptException e) {
      throw interrupted(e);
    }
    first.throwIfAny();
    first.flushed();
  }

  @Override
  public long maybeRepeated() {
    return resent.map(ProducerSender::count).orElse(0L);
  }

  static IOException interrupted(InterruptException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException exception = new InterruptedIOException("Interrupted while sending");
    exception.initCause(cause);
    return exception;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
