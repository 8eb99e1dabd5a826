package io.kafkahdfs.modern.send;

import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.modern.admin.BrokerConfig;
import io.kafkahdfs.modern.admin.GroupOffsets;
import io.kafkahdfs.modern.admin.TopicLook;
import io.kafkahdfs.modern.connection.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Transactions of Kafka's producer; their progress is kept as the offsets of groups. */
public final class ProducerTransactions implements Transactions {
  private final Connection connection;
  private final TopicLook topics;

  /**
   * @param topics what records are held against
   */
  public ProducerTransactions(Connection connection, TopicLook topics) {
    this.connection = connection;
    this.topics = topics;
  }

  @Override
  public TransactionalSender sender(String id, SendSettings sending) throws IOException {
    return TransactionalProducerSender.start(
        id,
        connection.properties(),
        sending,
        new RecordCheck(topics::describe, sending),
        connection.questions());
  }

  @Override
  public Optional<Duration> longest() throws IOException {
    return BrokerConfig.value("transaction.max.timeout.ms", connection.questions())
        .map(millis -> Duration.ofMillis(Long.parseLong(millis)));
  }

  @Override
  public void deleteProgress(Set<String> ids) throws IOException {
    new GroupOffsets(connection.questions()).delete(ids);
  }
}
