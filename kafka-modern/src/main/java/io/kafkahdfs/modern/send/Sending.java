package io.kafkahdfs.modern.send;

import io.kafkahdfs.client.RecordSender;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A record on its way. */
final class Sending implements Callback {
  private final long number;
  private final ProducerRecord<byte[], byte[]> record;
  private final RecordSender.Acknowledgement acknowledgement;
  private final FirstFailure failures;
  private final Thread sender = Thread.currentThread();
  private Future<RecordMetadata> future;

  /**
   * @param number what the record is called in failures
   * @param failures learns if it cannot be sent
   */
  Sending(
      long number,
      ProducerRecord<byte[], byte[]> record,
      RecordSender.Acknowledgement acknowledgement,
      FirstFailure failures) {
    this.number = number;
    this.record = record;
    this.acknowledgement = acknowledgement;
    this.failures = failures;
  }

  void handOver(KafkaProducer<byte[], byte[]> producer) {
    future = producer.send(record, this);
  }

  @Override
  public void onCompletion(RecordMetadata metadata, Exception exception) {
    if (exception == null) {
      acknowledgement.acknowledged(
          metadata.partition(),
          metadata.hasOffset() ? metadata.offset() : RecordSender.Acknowledgement.UNKNOWN_OFFSET);
    } else {
      failures.failed(this, exception);
    }
  }

  /**
   * Waits, once this record has failed, until those of its batch have too: the client completes the
   * future behind all callbacks of a batch.
   */
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

  /** Whether it is the thread that sends, and not the client's own that heard from a broker. */
  boolean isSendersThread() {
    return Thread.currentThread() == sender;
  }

  long number() {
    return number;
  }

  ProducerRecord<byte[], byte[]> record() {
    return record;
  }

  /** Of its key and value. */
  int bytes() {
    return length(record.key()) + length(record.value());
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
