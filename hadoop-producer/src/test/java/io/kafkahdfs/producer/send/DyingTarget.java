package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RecordPart;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TopicCreator;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Whoever sends through it dies before or after its n-th operation, and does nothing any more: it
 * closes nothing and aborts nothing, as a process does that is killed. What it had handed to
 * Kafka's producer may still be sent, as from a process that is slow to die.
 */
final class DyingTarget implements KafkaTarget {
  private final KafkaTarget target;
  private final int dyingAt;
  private final boolean before;
  private final List<RecordSender> senders = new ArrayList<>();
  private int operations;
  private boolean dead;

  /**
   * @param dyingAt the number of the operation, from 0 on; a number that is not reached means never
   * @param before whether the operation itself does not take place
   */
  DyingTarget(KafkaTarget target, int dyingAt, boolean before) {
    this.target = target;
    this.dyingAt = dyingAt;
    this.before = before;
  }

  /** The end of the process. An error, so that no {@code catch} of an exception stops it. */
  static final class DeathError extends Error {}

  private interface Operation<T> {
    T run() throws IOException;
  }

  private <T> T step(Operation<T> operation) throws IOException {
    int number = operations++;
    if (dead || (before && number == dyingAt)) {
      dead = true;
      throw new DeathError();
    }
    T result = operation.run();
    if (number == dyingAt) {
      dead = true;
      throw new DeathError();
    }
    return result;
  }

  /** How many operations there were. */
  int operations() {
    return operations;
  }

  /** Ends what the dead left behind. */
  void bury() {
    senders.forEach(RecordSender::close);
    target.close();
  }

  @Override
  public Generation generation() {
    return target.generation();
  }

  @Override
  public KafkaCluster cluster() {
    return target.cluster();
  }

  @Override
  public Set<RecordPart> lostParts() throws IOException {
    return target.lostParts();
  }

  @Override
  public SortedMap<String, Integer> partitionCounts(Set<String> topics) throws IOException {
    return target.partitionCounts(topics);
  }

  @Override
  public Optional<TopicCreator> topicCreator() throws IOException {
    return target.topicCreator();
  }

  @Override
  public RecordSender sender(SendSettings settings) throws IOException {
    return step(() -> new DyingSender<>(track(target.sender(settings))));
  }

  @Override
  public Optional<Transactions> transactions() throws IOException {
    return target.transactions().map(DyingTransactions::new);
  }

  private <S extends RecordSender> S track(S sender) {
    senders.add(sender);
    return sender;
  }

  @Override
  public void close() {
    // Left to bury().
  }

  private final class DyingTransactions implements Transactions {
    private final Transactions transactions;

    DyingTransactions(Transactions transactions) {
      this.transactions = transactions;
    }

    @Override
    public TransactionalSender sender(String id, SendSettings settings) throws IOException {
      return step(() -> new DyingTransactionalSender(track(transactions.sender(id, settings))));
    }

    @Override
    public void deleteProgress(Set<String> ids) throws IOException {
      transactions.deleteProgress(ids);
    }
  }

  private class DyingSender<S extends RecordSender> implements RecordSender {
    final S sender;

    DyingSender(S sender) {
      this.sender = sender;
    }

    @Override
    public void send(
        KafkaRecord record,
        String topic,
        int partition,
        long number,
        Acknowledgement acknowledgement)
        throws IOException {
      step(
          () -> {
            sender.send(record, topic, partition, number, acknowledgement);
            return null;
          });
    }

    @Override
    public void flush() throws IOException {
      step(
          () -> {
            sender.flush();
            return null;
          });
    }

    @Override
    public long maybeRepeated() {
      return sender.maybeRepeated();
    }

    @Override
    public void close() {
      if (!dead) {
        sender.close();
      }
    }
  }

  private final class DyingTransactionalSender extends DyingSender<TransactionalSender>
      implements TransactionalSender {
    DyingTransactionalSender(TransactionalSender sender) {
      super(sender);
    }

    @Override
    public Optional<SendProgress> progress(PartitionId anchor) throws IOException {
      return step(() -> sender.progress(anchor));
    }

    @Override
    public void commit(PartitionId anchor, SendProgress progress) throws IOException {
      step(
          () -> {
            sender.commit(anchor, progress);
            return null;
          });
    }
  }
}
