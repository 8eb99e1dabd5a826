package io.kafkahdfs.consumer.config;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** How a job's configuration becomes a connection to Kafka, the same in driver and tasks. */
public final class KafkaConnection {
  private KafkaConnection() {}

  /** The load's settings as they stand in a job's configuration. */
  public static Settings settings(Configuration configuration) throws InvalidSettingException {
    return Settings.read(LoadSettings.ALL, configuration::get);
  }

  /** Connects to the cluster that a job's configuration names. */
  public static KafkaCluster connect(Configuration configuration) throws IOException {
    Settings settings = settings(configuration);
    Map<String, String> client = new TreeMap<>();
    // Hadoop gives the keys without their prefix.
    configuration
        .getPropsWithPrefix(LoadSettings.CLIENT_PREFIX)
        .forEach((key, value) -> client.put(key, value));
    return KafkaClusters.connect(
        new ClusterSettings(
            settings.get(LoadSettings.BOOTSTRAP_SERVERS),
            settings.get(LoadSettings.TIMEOUT),
            client));
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
