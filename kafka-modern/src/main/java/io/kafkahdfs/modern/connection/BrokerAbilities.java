package io.kafkahdfs.modern.connection;

import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * What depends on whether brokers are Kafka 0.11 or newer.
 *
 * @param isolation which records of transactions are asked for; brokers without transactions refuse
 *     to be asked for committed ones
 * @param canBeToldNotToCreateTopics whether a question for a topic can say that it shall not be
 *     created if it is missing; older brokers refuse a question that does
 */
public record BrokerAbilities(Isolation isolation, boolean canBeToldNotToCreateTopics) {

  /** Whether they have transactions, and headers in their records. */
  public boolean transactions() {
    return canBeToldNotToCreateTopics;
  }

  /** Whether they tell how their topics are configured, if the user may see it. */
  public boolean describeConfigs() {
    return canBeToldNotToCreateTopics;
  }

  /**
   * Asks one broker.
   *
   * @throws LoaderException if the user asks for an isolation that the brokers do not have
   */
  static BrokerAbilities find(ClientProperties properties, Questions questions) throws IOException {
    boolean transactions = describesConfigs(questions);
    Optional<Isolation> asked = properties.isolation();
    if (!transactions && asked.equals(Optional.of(Isolation.READ_COMMITTED))) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          "kafka.isolation.level=read_committed cannot be honoured: these brokers are older than"
              + " Kafka 0.11 and have no transactions. Remove it.");
    }
    Isolation usual = transactions ? Isolation.READ_COMMITTED : Isolation.READ_UNCOMMITTED;
    return new BrokerAbilities(asked.orElse(usual), transactions);
  }

  /**
   * Brokers can be asked for configurations since Kafka 0.11. The one question costs little and
   * creates nothing, and any answer will do, also a refusal.
   */
  private static boolean describesConfigs(Questions questions) throws IOException {
    ConfigResource nothing = new ConfigResource(ConfigResource.Type.TOPIC, "kafka-hdfs.nothing");
    try {
      questions.answer(
          "find out what the brokers can do",
          questions.admin().describeConfigs(Set.of(nothing)).values().get(nothing));
      return true;
    } catch (LoaderException e) {
      Throwable cause = e.getCause();
      if (cause instanceof UnsupportedVersionException) {
        return false;
      }
      if (cause instanceof UnknownTopicOrPartitionException
          || cause instanceof AuthorizationException) {
        return true;
      }
      throw e;
    }
  }
}
