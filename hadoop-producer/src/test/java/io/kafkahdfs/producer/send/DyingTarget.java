package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RecordPart;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.client.TopicCreator;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.time.Duration;
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
public final class DyingTarget implements KafkaTarget {
  private final KafkaTarget target;
  private final int dyingAt;
  private final boolean before;
  private final List<RecordSender> senders = new ArrayList<>();
  private final boolean fails;
  private int operations;
  private boolean dead;

  /**
   * @param dyingAt the number of the operation, from 0 on; a number that is not reached means never
   * @param before whether the operation itself does not take place
   */
  public DyingTarget(KafkaTarget target, int dyingAt, boolean before) {
    this(target, dyingAt, before, false);
  }

  private DyingTarget(KafkaTarget target, int dyingAt, boolean before, boolean fails) {
    this.target = target;
    this.fails = fails;
    this.dyingAt = dyingAt;
    this.before = before;
  }

  /** A target whose n-th operation throws, before or after it took place, and no other one. */
  public static DyingTarget failing(KafkaTarget target, int at, boolean before) {
    return new DyingTarget(target, at, before, true);
  }

  private void strike(int number) throws LoaderException {
    if (fails) {
      throw new LoaderException(ExitCode.KAFKA_UNREACHABLE, "injected at operation " + number);
    }
    dead = true;
    throw new DeathError();
  }

  /** The end of the process. An error, so that no {@code catch} of an exception stops it. */
  public static final class DeathError extends Error {}

  private interface Operation<T> {
    T run() throws IOException;
  }

  private <T> T step(Operation<T> operation) throws IOException {
    int number = operations++;
    if (dead) {
      throw new DeathError();
    }
    if (before && number == dyingAt) {
      strike(number);
    }
    T result = operation.run();
    if (number == dyingAt) {
      strike(number);
    }
    return result;
  }

  /** How many operations there were. */
  public int operations() {
    return operations;
  }

  /** Ends what the dead left behind. */
  public void bury() {
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
    return step(target::lostParts);
  }

  @Override
  public SortedMap<String, Integer> partitionCounts(Set<String> topics) throws IOException {
    return step(() -> target.partitionCounts(topics));
  }

  @Override
  public SortedMap<String, TargetTopic> describe(Set<String> topics) throws IOException {
    return target.describe(topics);
  }

  @Override
  public Optional<TopicCreator> topicCreator() throws IOException {
    return step(target::topicCreator);
  }

  @Override
  public RecordSender sender(SendSettings settings) throws IOException {
    return step(() -> new DyingSender<>(track(target.sender(settings))));
  }

  @Override
  public Optional<Transactions> transactions() throws IOException {
    return step(target::transactions).map(DyingTransactions::new);
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
    public Optional<Duration> longest() throws IOException {
      return step(transactions::longest);
    }

    @Override
    public void deleteProgress(Set<String> ids) throws IOException {
      step(
          () -> {
            transactions.deleteProgress(ids);
            return null;
          });
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
