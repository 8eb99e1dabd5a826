package io.kafkahdfs.modern.send;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.modern.connection.ClientProperties;
import io.kafkahdfs.modern.connection.KafkaId;
import io.kafkahdfs.modern.connection.Questions;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.io.InterruptedIOException;
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
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends in Kafka's transactions. Progress is the offset of a consumer group, called as the sender's
 * id, that is committed in the same transaction as the records.
 *
 * <p>A request to commit that got no answer in time is sent again by the producer, and the first
 * one may still be on its way. If it arrives during the next transaction, that one is committed in
 * part (KIP-890; brokers know better for producers of Kafka 4.0 only). So no transaction follows
 * one in which a request may have been sent twice, until a new producer has shut out what is left
 * of the old one.
 *
 * @see <a
 *     href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-890%3A+Transactions+Server-Side+Defense">KIP-890</a>
 */
final class TransactionalProducerSender implements TransactionalSender {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionalProducerSender.class);

  private static final int PAUSE_MS = 20;

  private final String id;
  private final ClientProperties properties;
  private final SendSettings sending;
  private final RecordCheck check;
  private final SendFailures failures;
  private final Questions questions;
  private KafkaProducer<byte[], byte[]> producer;
  private ProducerSender sender;
  private Metric closedConnections;
  private long closedBefore;
  private boolean open;
  private boolean inDoubt;

  /** What was committed last, if a request of that transaction may still be on its way. */
  private Optional<Committed> unsettled = Optional.empty();

  private record Committed(PartitionId anchor, SendProgress progress) {}

  private TransactionalProducerSender(
      String id,
      ClientProperties properties,
      SendSettings sending,
      RecordCheck check,
      Questions questions) {
    this.id = id;
    this.properties = properties;
    this.sending = sending;
    this.check = check;
    this.failures = new SendFailures(properties);
    this.questions = questions;
  }

  /**
   * Makes a producer, and shuts out others of its id.
   *
   * @param check what records are held against
   */
  static TransactionalProducerSender start(
      String id,
      ClientProperties properties,
      SendSettings sending,
      RecordCheck check,
      Questions questions)
      throws IOException {
    TransactionalProducerSender sender =
        new TransactionalProducerSender(id, properties, sending, check, questions);
    sender.startProducer();
    return sender;
  }

  private void startProducer() throws IOException {
    producer = ProducerSender.producer(properties.transactionalProducer(sending, id), failures);
    sender =
        new ProducerSender(
            producer, failures, check, new ProducerSender.How(true, sending.timestamps()));
    closedConnections = ProducerSender.metric(producer, "connection-close-total");
    try {
      producer.initTransactions();
      closedBefore = ProducerSender.count(closedConnections);
    } catch (InterruptException e) {
      sender.close();
      throw ProducerSender.interrupted(e);
    } catch (KafkaException e) {
      sender.close();
      throw failures.of("begin to send as transactional id " + id, e);
    }
  }

  /** Shuts out what the producer may have left behind. Nothing may have been committed since. */
  private void renew(Committed last) throws IOException {
    LOG.info("A new producer for {}: a request of the last transaction may be under way", id);
    sender.close();
    startProducer();
    if (!progress(last.anchor()).equals(Optional.of(last.progress()))) {
      throw failures.takenOver();
    }
    unsettled = Optional.empty();
  }

  /**
   * {@inheritDoc} Asked for stable offsets: of a decided transaction whose offsets are yet to
   * appear the brokers say so, and Kafka's client then leaves the partition out of its answer.
   * Brokers before 2.5 cannot be asked so; there the start of this sender, which waits for the end
   * of the transaction before it, has to do, as for everybody who had transactions then.
   */
  @Override
  public Optional<SendProgress> progress(PartitionId anchor) throws IOException {
    TopicPartition filed = KafkaId.of(anchor);
    try {
      long deadline = System.nanoTime() + properties.timeout().toNanos();
      Map<TopicPartition, OffsetAndMetadata> offsets = offsets(filed, true);
      while (!offsets.containsKey(filed)) {
        if (System.nanoTime() - deadline >= 0) {
          throw new LoaderException(
              ExitCode.KAFKA_UNREACHABLE,
              "The brokers did not settle the last transaction of "
                  + id
                  + " within "
                  + properties.timeout().toMillis()
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

  private void begin() throws IOException {
    if (open) {
      return;
    }
    if (unsettled.isPresent()) {
      renew(unsettled.get());
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
    long began = System.nanoTime();
    addProgress(anchor, progress);
    decide();
    boolean slow = System.nanoTime() - began >= properties.requestTimeout().toNanos();
    if (slow || lostConnections() > 0) {
      unsettled = Optional.of(new Committed(anchor, progress));
    }
  }

  /** Makes progress a part of the transaction. */
  void addProgress(PartitionId anchor, SendProgress progress) throws IOException {
    OffsetAndMetadata offset = new OffsetAndMetadata(progress.done(), progress.note());
    try {
      producer.sendOffsetsToTransaction(
          Map.of(KafkaId.of(anchor), offset), new ConsumerGroupMetadata(id));
    } catch (InterruptException e) {
      throw ProducerSender.interrupted(e);
    } catch (KafkaException e) {
      throw failures.of("commit a transaction", e);
    }
  }

  /** The commit point. Without an answer nobody knows whether it took place. */
  void decide() throws IOException {
    inDoubt = true;
    try {
      producer.commitTransaction();
    } catch (InterruptException e) {
      throw ProducerSender.interrupted(e);
    } catch (KafkaException e) {
      throw failures.of(
          "find out whether a transaction was committed, which the next attempt will", e);
    }
    open = false;
    inDoubt = false;
  }

  /**
   * How many connections of the producer were closed since it began; what was on its way there was
   * sent again. Some are closed for want of use: then nothing is lost by a new producer, either.
   */
  long lostConnections() {
    return ProducerSender.count(closedConnections) - closedBefore;
  }

  @Override
  public long maybeRepeated() {
    return sender.maybeRepeated();
  }

  /**
   * Aborts what is open if it can, so that consumers need not wait for it to time out. A
   * transaction whose commit has begun cannot be aborted.
   */
  @Override
  public void close() {
    try {
      if (open && !inDoubt) {
        open = false;
        producer.abortTransaction();
      }
    } catch (KafkaException | IllegalStateException e) {
      LOG.info("The transaction of {} will time out: {}", id, e.toString());
    } finally {
      sender.close();
    }
  }
}
