package io.kafkahdfs.consumer.config;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.secrets.ClientSecrets;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;

/** How a job's configuration becomes a connection to Kafka, the same in driver and tasks. */
public final class KafkaConnection {
  private static final String GENERATION = "load.run.generation";

  /** A setting of Kafka's client. */
  private static final String ISOLATION = CommonSettings.CLIENT_PREFIX + "isolation.level";

  private KafkaConnection() {}

  /** The load's settings as they stand in a job's configuration. */
  public static Settings settings(Configuration configuration) throws InvalidSettingException {
    return Settings.read(LoadSettings.ALL, configuration::get);
  }

  /**
   * Connects to the cluster that the settings name, in the driver: finds out which generation it is
   * of, unless the settings say so.
   */
  public static KafkaCluster connect(Configuration configuration, Credentials credentials)
      throws IOException {
    Settings settings = settings(configuration);
    return KafkaClusters.connect(
        cluster(settings, configuration, credentials),
        settings.get(LoadSettings.GENERATION).generation());
  }

  /** Connects in a task, as the driver found right: asks nobody. */
  public static KafkaCluster reconnect(Configuration configuration, Credentials credentials)
      throws IOException {
    String generation = configuration.get(GENERATION);
    if (generation == null) {
      throw new IllegalStateException(GENERATION + " is not set: the job was not planned");
    }
    return KafkaClusters.reconnect(
        cluster(settings(configuration), configuration, credentials),
        Generation.valueOf(generation));
  }

  /**
   * Notes for the tasks which generation the driver found, and which records of transactions it
   * planned for: brokers that a task asks during an upgrade may be of another version, and what the
   * plan did not see must not be read.
   */
  public static void keep(Configuration configuration, Generation generation, Isolation isolation) {
    configuration.set(GENERATION, generation.name());
    if (generation == Generation.MODERN) {
      configuration.set(ISOLATION, isolation.name().toLowerCase(Locale.ROOT));
    }
  }

  private static ClusterSettings cluster(
      Settings settings, Configuration configuration, Credentials credentials) throws IOException {
    return new ClusterSettings(
        settings.get(LoadSettings.BOOTSTRAP_SERVERS),
        settings.get(LoadSettings.TIMEOUT),
        ClientSecrets.join(configuration, credentials));
  }

  /** How ranges are read. */
  public static ReadSettings readSettings(Settings settings) throws InvalidSettingException {
    int fetch = Math.toIntExact(settings.get(LoadSettings.FETCH_BYTES));
    int maxFetch = Math.toIntExact(settings.get(LoadSettings.MAX_FETCH_BYTES));
    if (fetch > maxFetch) {
      throw new InvalidSettingException(
          "--fetch-bytes "
              + fetch
              + " is more than --max-fetch-bytes "
              + maxFetch
              + ". Lower the one or raise the other.");
    }
    return new ReadSettings(fetch, maxFetch, settings.get(LoadSettings.FETCH_AHEAD));
  }
}
