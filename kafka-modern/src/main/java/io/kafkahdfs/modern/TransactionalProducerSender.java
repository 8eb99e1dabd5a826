package io.kafkahdfs.modern;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends in Kafka's transactions. Progress is the offset of a consumer group, called as the sender's
 * id, that is committed in the same transaction as the records.
 */
final class TransactionalProducerSender implements TransactionalSender {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionalProducerSender.class);

  private static final int PAUSE_MS = 20;

  private final String id;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ProducerSender sender;
  private final SendFailures failures;
  private final Questions questions;
  private final Duration timeout;
  private boolean open;

  private TransactionalProducerSender(
      String id,
      KafkaProducer<byte[], byte[]> producer,
      SendFailures failures,
      Questions questions,
      Duration timeout) {
    this.id = id;
    this.producer = producer;
    this.sender = new ProducerSender(producer, failures, true);
    this.failures = failures;
    this.questions = questions;
    this.timeout = timeout;
  }

  /**
   * Makes a producer, and shuts out others of its id.
   *
   * @param timeout how long brokers may take to settle the last transaction
   */
  static TransactionalProducerSender start(
      String id,
      Map<String, Object> properties,
      SendFailures failures,
      Questions questions,
      Duration timeout)
      throws IOException {
    KafkaProducer<byte[], byte[]> producer = ProducerSender.producer(properties, failures);
    TransactionalProducerSender sender =
        new TransactionalProducerSender(id, producer, failures, questions, timeout);
    try {
      producer.initTransactions();
      return sender;
    } catch (InterruptException e) {
      sender.close();
      throw ProducerSender.interrupted(e);
    } catch (KafkaException e) {
      sender.close();
      throw failures.of("begin to send as transactional id " + id, e);
    }
  }

  /**
   * {@inheritDoc} Asked for stable offsets: of a decided transaction whose offsets are yet to
   * appear the brokers say so, and Kafka's client then leaves the partition out of its answer.
   * Brokers before 2.5 cannot be asked so; there the start of this sender, which waits for the end
   * of the transaction before it, has to do, as for everybody who had transactions then.
   */
  @Override
  public Optional<SendProgress> progress(PartitionId anchor) throws IOException {
    TopicPartition filed = kafkaId(anchor);
    try {
      long deadline = System.nanoTime() + timeout.toNanos();
      Map<TopicPartition, OffsetAndMetadata> offsets = offsets(filed, true);
      while (!offsets.containsKey(filed)) {
        if (System.nanoTime() - deadline >= 0) {
          throw new LoaderException(
              ExitCode.KAFKA_UNREACHABLE,
              "The brokers did not settle the last transaction of "
                  + id
                  + " within "
                  + timeout.toMillis()
                  + " ms (--timeout).");
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        offsets = offsets(filed, true);
      }
      return progress(offsets.get(filed));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for Kafka");
    } catch (LoaderException e) {
      if (e.getCause() instanceof UnsupportedVersionException) {
        return progress(offsets(filed, false).get(filed));
      }
      throw e;
    }
  }

  private static Optional<SendProgress> progress(OffsetAndMetadata offset) {
    return Optional.ofNullable(offset)
        .map(found -> new SendProgress(found.offset(), found.metadata()));
  }

  /** Of partitions without an offset null. */
  private Map<TopicPartition, OffsetAndMetadata> offsets(TopicPartition filed, boolean stable)
      throws IOException {
    // A group that nobody has committed for does not exist; Kafka's client asks for it all the
    // same.
    Map<TopicPartition, OffsetAndMetadata> offsets =
        questions.answerUnless(
            GroupIdNotFoundException.class,
            "read the progress that is kept as group " + id,
            questions
                .admin()
                .listConsumerGroupOffsets(
                    Map.of(id, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(filed))),
                    new ListConsumerGroupOffsetsOptions().requireStable(stable))
                .partitionsToOffsetAndMetadata(id));
    return offsets == null ? Collections.singletonMap(filed, null) : offsets;
  }

  @Override
  public void send(
      KafkaRecord record, String topic, int partition, long number, Acknowledgement acknowledgement)
      throws IOException {
    begin();
    sender.send(record, topic, partition, number, acknowledgement);
  }

  private void begin() throws LoaderException {
    if (open) {
      return;
    }
    try {
      producer.beginTransaction();
      open = true;
    } catch (KafkaException e) {
      throw failures.of("begin a transaction", e);
    }
  }

  @Override
  public void flush() throws IOException {
    sender.flush();
  }

  @Override
  public void commit(PartitionId anchor, SendProgress progress) throws IOException {
    begin();
    sender.flush();
    TopicPartition filed = kafkaId(anchor);
    OffsetAndMetadata offset = new OffsetAndMetadata(progress.done(), progress.note());
    try {
      producer.sendOffsetsToTransaction(Map.of(filed, offset), new ConsumerGroupMetadata(id));
      producer.commitTransaction();
    } catch (InterruptException e) {
      throw ProducerSender.interrupted(e);
    } catch (KafkaException e) {
      throw failures.of("commit a transaction", e);
    }
    open = false;
  }

  @Override
  public long maybeRepeated() {
    return sender.maybeRepeated();
  }

  private static TopicPartition kafkaId(PartitionId partition) {
    return new TopicPartition(partition.topic(), partition.partition());
  }

  /** Aborts what is open if it can, so that consumers need not wait for it to time out. */
  @Override
  public void close() {
    try {
      if (open) {
        open = false;
        producer.abortTransaction();
      }
    } catch (KafkaException e) {
      LOG.info("The transaction of {} will time out: {}", id, e.toString());
    } finally {
      sender.close();
    }
  }
}
