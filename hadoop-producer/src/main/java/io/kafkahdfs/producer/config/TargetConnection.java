package io.kafkahdfs.producer.config;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** How a job's configuration becomes a connection to Kafka, the same in driver and tasks. */
public final class TargetConnection {
  private static final String GENERATION = "export.run.generation";

  private TargetConnection() {}

  /** The export's settings as they stand in a job's configuration. */
  public static Settings settings(Configuration configuration) throws InvalidSettingException {
    return Settings.read(ExportSettings.ALL, configuration::get);
  }

  /** Connects to the cluster that a job's configuration names. */
  public static KafkaTarget connect(Configuration configuration) throws IOException {
    Settings settings = settings(configuration);
    Map<String, String> client = new TreeMap<>();
    // Hadoop gives the keys without their prefix.
    configuration
        .getPropsWithPrefix(CommonSettings.CLIENT_PREFIX)
        .forEach((key, value) -> client.put(key, value));
    ClusterSettings cluster =
        new ClusterSettings(
            settings.get(ExportSettings.BOOTSTRAP_SERVERS),
            settings.get(ExportSettings.TIMEOUT),
            client);
    String known = configuration.get(GENERATION);
    return known == null
        ? KafkaClusters.target(cluster, Optional.empty())
        : KafkaClusters.targetAgain(cluster, Generation.valueOf(known));
  }

  /** Tells a job's tasks which client fits, so that they need not find out again. */
  public static void keep(Generation generation, Configuration configuration) {
    configuration.set(GENERATION, generation.name());
  }

  /** How records are sent. */
  public static SendSettings sendSettings(Settings settings) {
    return new SendSettings(
        settings.get(ExportSettings.COMPRESSION),
        Math.toIntExact(settings.get(ExportSettings.BATCH_BYTES)),
        settings.get(ExportSettings.LINGER));
  }
}
