package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an {@link InMemoryCluster} knows of transactions. For any number of threads. */
final class InMemoryTransactions implements Transactions {
  /** As brokers do unless told otherwise ({@code offset.metadata.max.bytes}). */
  private static final int LONGEST_NOTE = 4096;

  private final InMemoryCluster cluster;
  private final Map<String, Producer> producers = new HashMap<>();
  private final Map<String, Map<PartitionId, SendProgress>> progress = new HashMap<>();

  InMemoryTransactions(InMemoryCluster cluster) {
    this.cluster = cluster;
  }

  /** Who sends under an id: the last one that began to. */
  private static final class Producer {
    private Optional<InMemoryTransaction> open = Optional.empty();
  }

  @Override
  public TransactionalSender sender(String id, SendSettings settings) {
    return new InMemoryTransactionalSender(cluster, settings, id, begin(id));
  }

  private synchronized Object begin(String id) {
    abort(id);
    Producer producer = new Producer();
    producers.put(id, producer);
    return producer;
  }

  @Override
  public Optional<Duration> longest() {
    return Optional.of(Duration.ofMinutes(15));
  }

  @Override
  public synchronized void deleteProgress(Set<String> ids) {
    progress.keySet().removeAll(ids);
  }

  synchronized void forgetId(String id) {
    abort(id);
    producers.remove(id);
  }

  synchronized void timeOut(String id) {
    abort(id);
    producers.put(id, new Producer());
  }

  synchronized void forgetTopic(String topic) {
    progress
        .values()
        .forEach(kept -> kept.keySet().removeIf(partition -> partition.topic().equals(topic)));
  }

  synchronized Map<PartitionId, SendProgress> progress(String group) {
    return Map.copyOf(progress.getOrDefault(group, Map.of()));
  }

  private void abort(String id) {
    Producer producer = producers.get(id);
    if (producer != null) {
      producer.open.ifPresent(InMemoryTransaction::abort);
      producer.open = Optional.empty();
    }
  }

  /**
   * Appends a record to the producer's transaction, which begins with it.
   *
   * @throws LoaderException if the producer is shut out
   */
  synchronized long append(String id, Object who, PartitionId partition, TestRecord record)
      throws LoaderException {
    Producer producer = current(id, who);
    if (producer.open.isEmpty()) {
      producer.open = Optional.of(new InMemoryTransaction());
    }
    return cluster.append(partition, record, producer.open.get());
  }

  /**
   * Commits the producer's transaction and its progress.
   *
   * @throws LoaderException if the producer is shut out, or the progress cannot be kept
   */
  synchronized void commit(String id, Object who, PartitionId anchor, SendProgress done)
      throws LoaderException {
    Producer producer = current(id, who);
    if (done.note().getBytes(StandardCharsets.UTF_8).length > LONGEST_NOTE) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "Cannot commit a transaction: The metadata field of the offset request was too large.");
    }
    if (!cluster.has(anchor)) {
      throw new LoaderException(
          ExitCode.KAFKA_UNREACHABLE,
          "Cannot commit a transaction: there is no partition " + anchor);
    }
    producer.open.ifPresent(InMemoryTransaction::commit);
    producer.open = Optional.empty();
    progress.computeIfAbsent(id, group -> new HashMap<>()).put(anchor, done);
  }

  /** Aborts the producer's transaction, if it may. */
  synchronized void close(String id, Object who) {
    if (producers.get(id) == who) {
      abort(id);
    }
  }

  private Producer current(String id, Object who) throws LoaderException {
    Producer producer = producers.get(id);
    if (producer != who) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "another attempt has taken over this part of the export, or its transaction was open for"
              + " longer than kafka.transaction.timeout.ms");
    }
    return producer;
  }
}
