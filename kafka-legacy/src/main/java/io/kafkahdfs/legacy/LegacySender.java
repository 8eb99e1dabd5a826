package io.kafkahdfs.legacy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendFailedException;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends with Kafka 0.9's producer. One request at a time is on its way to a broker, so that a retry
 * cannot overtake what was sent later.
 */
final class LegacySender implements RecordSender {
  private final KafkaProducer<byte[], byte[]> producer;
  private final Duration timeout;
  private final Resent resent;
  private volatile SendFailedException failure;

  private LegacySender(KafkaProducer<byte[], byte[]> producer, Duration timeout) {
    this.producer = producer;
    this.timeout = timeout;
    this.resent = new Resent(producer.metrics());
  }

  /**
   * @throws LoaderException if the producer does not take the properties
   */
  static LegacySender start(Map<String, Object> properties, Duration timeout)
      throws LoaderException {
    // The producer looks for classes that properties name in the thread's class loader, and in a
    // task that may be one that does not know our jar.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(LegacySender.class.getClassLoader());
    try {
      return new LegacySender(
          new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
          timeout);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          "Kafka's producer does not take the kafka. settings: " + cause.getMessage(),
          e);
    } finally {
      thread.setContextClassLoader(before);
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
            record.key().toByteArray(),
            record.value().toByteArray());
    try {
      producer.send(
          sent,
          (metadata, exception) -> {
            if (exception == null) {
              acknowledgement.acknowledged(metadata.partition(), metadata.offset());
            } else {
              failed(number, sent, exception);
            }
          });
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (SerializationException | IllegalArgumentException | IllegalStateException e) {
      failed(number, sent, e);
    }
    throwFailure();
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
    return resent.records();
  }

  /** Keeps the first failure: those behind it follow from it. */
  private synchronized void failed(
      long number, ProducerRecord<byte[], byte[]> record, Exception exception) {
    if (failure != null) {
      return;
    }
    int bytes = length(record.key()) + length(record.value());
    String where =
        "to topic "
            + record.topic()
            + (record.partition() == null ? "" : ", partition " + record.partition());
    if (exception instanceof RecordTooLargeException) {
      failure =
          new SendFailedException(
              ExitCode.FAILURE,
              number,
              where
                  + ": its "
                  + bytes
                  + " bytes are more than the brokers take (message.max.bytes there, or"
                  + " max.message.bytes of the topic): "
                  + exception.getMessage(),
              exception);
    } else if (exception instanceof RetriableException) {
      failure =
          new SendFailedException(
              ExitCode.KAFKA_UNREACHABLE,
              number,
              where
                  + " within "
                  + timeout.toMillis()
                  + " ms (--timeout): "
                  + exception.getMessage(),
              exception);
    } else {
      failure =
          new SendFailedException(
              ExitCode.FAILURE, number, where + ": " + exception.getMessage(), exception);
    }
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private void throwFailure() throws SendFailedException {
    if (failure != null) {
      throw failure;
    }
  }

  private static IOException interrupted(InterruptException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException exception = new InterruptedIOException("Interrupted while sending");
    exception.initCause(cause);
    return exception;
  }

  @Override
  public void close() {
    producer.close(0, TimeUnit.MILLISECONDS);
  }
}
