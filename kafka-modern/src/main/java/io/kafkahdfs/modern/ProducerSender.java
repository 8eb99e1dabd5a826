package io.kafkahdfs.modern;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendFailedException;
import io.kafkahdfs.failure.LoaderException;
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
final class ProducerSender implements RecordSender {
  private final KafkaProducer<byte[], byte[]> producer;
  private final SendFailures failures;
  private final boolean withHeaders;
  private final Optional<Metric> resent;
  private volatile SendFailedException failure;

  /**
   * @param withHeaders whether the brokers keep headers; else they are left out. Those that do also
   *     recognize records that are sent again.
   */
  ProducerSender(
      KafkaProducer<byte[], byte[]> producer, SendFailures failures, boolean withHeaders) {
    this.producer = producer;
    this.failures = failures;
    this.withHeaders = withHeaders;
    this.resent = withHeaders ? Optional.empty() : Optional.of(resent(producer));
  }

  private static Metric resent(KafkaProducer<byte[], byte[]> producer) {
    return producer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().group().equals("producer-metrics"))
        .filter(metric -> metric.getKey().name().equals("record-retry-total"))
        .map(Map.Entry::getValue)
        .findAny()
        .orElseThrow();
  }

  /**
   * @param withHeaders as for the constructor
   * @throws LoaderException if the producer does not take the properties
   */
  static ProducerSender start(
      Map<String, Object> properties, SendFailures failures, boolean withHeaders)
      throws LoaderException {
    return new ProducerSender(producer(properties, failures), failures, withHeaders);
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
    throwFailure();
    ProducerRecord<byte[], byte[]> sent =
        new ProducerRecord<>(
            topic,
            partition == BY_KEY ? null : (Integer) partition,
            record.timestamp() == KafkaRecord.NO_TIMESTAMP ? null : (Long) record.timestamp(),
            record.key().toByteArray(),
            record.value().toByteArray(),
            headers(record.headers()));
    try {
      producer.send(
          sent,
          (metadata, exception) -> {
            if (exception == null) {
              acknowledgement.acknowledged(
                  metadata.partition(),
                  metadata.hasOffset() ? metadata.offset() : Acknowledgement.UNKNOWN_OFFSET);
            } else {
              failed(number, sent, exception);
            }
          });
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException | IllegalArgumentException | IllegalStateException e) {
      failed(number, sent, e);
    }
    throwFailure();
  }

  private Iterable<Header> headers(List<RecordHeader> headers) {
    if (headers.isEmpty() || !withHeaders) {
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
    throwFailure();
  }

  @Override
  public long maybeRepeated() {
    return resent.map(metric -> ((Double) metric.metricValue()).longValue()).orElse(0L);
  }

  /** Keeps the first failure: those behind it follow from it. */
  private synchronized void failed(
      long number, ProducerRecord<byte[], byte[]> record, Exception exception) {
    if (failure == null) {
      failure = failures.of(number, record, exception);
    }
  }

  boolean hasFailed() {
    return failure != null;
  }

  private void throwFailure() throws SendFailedException {
    if (failure != null) {
      throw failure;
    }
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
