package io.kafkahdfs.modern.connection;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * A connection for questions, to brokers of which it is known what they can do.
 *
 * @param clusterId what the cluster calls itself; empty before Kafka 0.10.1
 */
public record Connection(
    ClientProperties properties,
    Questions questions,
    BrokerAbilities brokers,
    Optional<String> clusterId)
    implements Closeable {

  /** Connects, and asks for no more than what it needs to know. */
  public static Connection open(ClientProperties properties) throws IOException {
    Questions questions = Questions.with(properties);
    try {
      String id = questions.firstAnswer(questions.admin().describeCluster().clusterId());
      return new Connection(
          properties,
          questions,
          BrokerAbilities.find(properties, questions),
          Optional.ofNullable(id));
    } catch (IOException | RuntimeException e) {
      questions.close();
      throw e;
    }
  }

  @Override
  public void close() {
    questions.close();
  }
}
