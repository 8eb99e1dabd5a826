package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.Optional;

/** Sends to an {@link InMemoryCluster} in transactions. */
final class InMemoryTransactionalSender extends InMemorySender implements TransactionalSender {
  private final InMemoryTransactions transactions;
  private final String id;
  private final Object who;

  /**
   * @param who what the transactions know this sender by
   */
  InMemoryTransactionalSender(
      InMemoryCluster cluster, SendSettings settings, String id, Object who) {
    super(cluster, settings, Integer.MAX_VALUE);
    this.transactions = cluster.transactions();
    this.id = id;
    this.who = who;
  }

  @Override
  long append(PartitionId partition, TestRecord record) throws LoaderException {
    return transactions.append(id, who, partition, record);
  }

  @Override
  public Optional<SendProgress> progress(PartitionId anchor) {
    return Optional.ofNullable(transactions.progress(id).get(anchor));
  }

  @Override
  public void commit(PartitionId anchor, SendProgress progress) throws IOException {
    flush();
    transactions.commit(id, who, anchor, progress);
  }

  @Override
  public void close() {
    transactions.close(id, who);
    super.close();
  }
}
