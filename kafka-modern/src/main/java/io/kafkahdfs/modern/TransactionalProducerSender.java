package io.kafkahdfs.modern;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
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

  private final String id;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ProducerSender sender;
  private final SendFailures failures;
  private final Questions questions;
  private boolean open;

  private TransactionalProducerSender(
      String id,
      KafkaProducer<byte[], byte[]> producer,
      SendFailures failures,
      Questions questions) {
    this.id = id;
    this.producer = producer;
    this.sender = new ProducerSender(producer, failures, true);
    this.failures = failures;
    this.questions = questions;
  }

  /** Makes a producer, and shuts out others of its id. */
  static TransactionalProducerSender start(
      String id, Map<String, Object> properties, SendFailures failures, Questions questions)
      throws IOException {
    KafkaProducer<byte[], byte[]> producer = ProducerSender.producer(properties, failures);
    TransactionalProducerSender sender =
        new TransactionalProducerSender(id, producer, failures, questions);
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
   * {@inheritDoc} Asked for stable offsets: the brokers answer when no decided transaction waits
   * for its offsets to appear. Brokers before 2.5 cannot be asked so; there the start of this
   * sender, which waits for the end of the transaction before it, has to do, as for everybody who
   * had transactions then.
   */
  @Override
  public Optional<SendProgress> progress() throws IOException {
    try {
      return progress(true);
    } catch (LoaderException e) {
      if (e.getCause() instanceof UnsupportedVersionException) {
        return progress(false);
      }
      throw e;
    }
  }

  private Optional<SendProgress> progress(boolean stable) throws IOException {
    Admin admin = questions.admin();
    Map<TopicPartition, OffsetAndMetadata> offsets =
        questions.answerUnless(
            GroupIdNotFoundException.class,
            "read the progress that is kept as group " + id,
            admin
                .listConsumerGroupOffsets(
                    id, new ListConsumerGroupOffsetsOptions().requireStable(stable))
                .partitionsToOffsetAndMetadata());
    return offsets == null
        ? Optional.empty()
        : offsets.values().stream()
            .filter(Objects::nonNull)
            .max(Comparator.comparingLong(OffsetAndMetadata::offset))
            .map(offset -> new SendProgress(offset.offset(), offset.metadata()));
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
    TopicPartition filed = new TopicPartition(anchor.topic(), anchor.partition());
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
