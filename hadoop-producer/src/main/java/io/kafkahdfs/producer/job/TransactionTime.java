package io.kafkahdfs.producer.job;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.Transactions;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.secrets.ClientSecrets;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;

/** Whether tasks commit their transactions before the brokers abort them. */
final class TransactionTime {
  private static final String TIMEOUT = "transaction.timeout.ms";

  /** Of Kafka's producer. */
  private static final long DEFAULT_MILLIS = 60_000;

  private TransactionTime() {}

  /**
   * @throws InvalidSettingException if they do not
   */
  static void check(
      Settings settings, Configuration configuration, Credentials credentials, KafkaTarget target)
      throws IOException {
    Optional<Transactions> transactions = target.transactions();
    if (transactions.isEmpty()) {
      return;
    }
    String given = ClientSecrets.join(configuration, credentials).get(TIMEOUT);
    long timeout = given == null ? DEFAULT_MILLIS : millis(given);
    Optional<Duration> longest = transactions.get().longest();
    if (longest.isPresent() && timeout > longest.get().toMillis()) {
      throw new InvalidSettingException(
          "kafka.transaction.timeout.ms="
              + timeout
              + " is more than the brokers allow (transaction.max.timeout.ms="
              + longest.get().toMillis()
              + "). Set it lower, and --commit-interval below it.");
    }
    Duration interval = settings.get(ExportSettings.COMMIT_INTERVAL);
    if (interval.toMillis() >= timeout) {
      throw new InvalidSettingException(
          "--commit-interval "
              + interval.toMillis()
              + "ms is not below kafka.transaction.timeout.ms="
              + timeout
              + (given == null ? ", Kafka's default" : "")
              + ": the brokers would abort each transaction before it is committed. Set"
              + " --commit-interval lower, or -D kafka.transaction.timeout.ms higher.");
    }
  }

  private static long millis(String text) throws InvalidSettingException {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new InvalidSettingException(
          "kafka.transaction.timeout.ms=" + text + " is no number of milliseconds.");
    }
  }
}
