package io.kafkahdfs.legacy.send;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendFailedException;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends with Kafka 0.9's producer. One request at a time is on its way to a broker, so that a retry
 * cannot overtake what was sent later.
 */
public final class LegacySender implements RecordSender {
  private final KafkaProducer<byte[], byte[]> producer;
  private final Duration timeout;
  private final Resent resent;
  private volatile Failed failed;
  private SendFailedException told;

  private LegacySender(KafkaProducer<byte[], byte[]> producer, Duration timeout) {
    this.producer = producer;
    this.timeout = timeout;
    this.resent = new Resent(producer.metrics());
  }

  /**
   * @throws LoaderException if the producer does not take the properties
   */
  public static LegacySender start(Map<String, Object> properties, Duration timeout)
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
    Sending sending =
        new Sending(
            number,
            new ProducerRecord<>(
                topic,
                partition == BY_KEY ? null : (Integer) partition,
                record.key().toByteArray(),
                record.value().toByteArray()),
            acknowledgement);
    try {
      sending.future = producer.send(sending.record, sending);
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException | IllegalArgumentException | IllegalStateException e) {
      failed(sending, e);
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

  /**
   * Keeps the first failure: those behind it follow from it. The records of a batch fail together;
   * if it is too large, the largest of them is the one to name.
   */
  private synchronized void failed(Sending sending, Exception cause) {
    if (failed == null
        || (failed.cause instanceof RecordTooLargeException
            && cause instanceof RecordTooLargeException
            && sending.bytes() > failed.sending.bytes())) {
      failed = new Failed(sending, cause, Thread.currentThread() == sending.sender);
    }
  }

  private void throwFailure() throws SendFailedException {
    if (told == null && failed != null) {
      failed.sending.awaitBatch();
      told = failure();
    }
    if (told != null) {
      throw told;
    }
  }

  private synchronized SendFailedException failure() {
    return failed.told(timeout);
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

  /** A record on its way. */
  private final class Sending implements Callback {
    private final long number;
    private final ProducerRecord<byte[], byte[]> record;
    private final Acknowledgement acknowledgement;
    private final Thread sender = Thread.currentThread();
    private Future<RecordMetadata> future;

    Sending(long number, ProducerRecord<byte[], byte[]> record, Acknowledgement acknowledgement) {
      this.number = number;
      this.record = record;
      this.acknowledgement = acknowledgement;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception exception) {
      if (exception == null) {
        acknowledgement.acknowledged(metadata.partition(), metadata.offset());
      } else {
        failed(this, exception);
      }
    }

    /** Waits until all of the batch have failed: its future is completed behind their callbacks. */
    void awaitBatch() {
      if (future == null) {
        return;
      }
      try {
        future.get();
      } catch (ExecutionException e) {
        // It is known already.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    int bytes() {
      return length(record.key()) + length(record.value());
    }

    private static int length(byte[] bytes) {
      return bytes == null ? 0 : bytes.length;
    }
  }

  /**
   * @param byClient whether the client refused it by itself, and no broker saw it
   */
  private record Failed(Sending sending, Exception cause, boolean byClient) {
    SendFailedException told(Duration timeout) {
      ProducerRecord<byte[], byte[]> record = sending.record;
      String where =
          "to topic "
              + record.topic()
              + (record.partition() == null ? "" : ", partition " + record.partition());
      if (cause instanceof RecordTooLargeException) {
        return failure(ExitCode.FAILURE, where + ": " + tooLarge());
      }
      if (cause instanceof CorruptRecordException) {
        return failure(
            ExitCode.FAILURE,
            where
                + (record.key() == null
                    ? ": it has no key, and compacted topics (cleanup.policy) take none without: "
                    : ": the brokers take it for damaged, each time that it is sent: ")
                + cause.getMessage());
      }
      if (cause instanceof RetriableException) {
        return failure(
            ExitCode.KAFKA_UNREACHABLE,
            where + " within " + timeout.toMillis() + " ms (--timeout): " + cause.getMessage());
      }
      return failure(ExitCode.FAILURE, where + ": " + cause.getMessage());
    }

    private String tooLarge() {
      return "its "
          + sending.bytes()
          + " bytes are more than "
          + (byClient
              ? "Kafka's client sends here. Set -D kafka.max.request.size (67108864 unless set) and"
                  + " -D kafka.buffer.memory (the same) to more, and what the brokers take: "
              : "the brokers take (message.max.bytes there, or max.message.bytes of the topic),"
                  + " or, if it is compressed, its whole batch is (--batch-bytes): ")
          + cause.getMessage();
    }

    private SendFailedException failure(ExitCode exitCode, String reason) {
      return new SendFailedException(exitCode, sending.number, reason, cause);
    }
  }
}
