package io.kafkahdfs.producer.config;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.secrets.ClientSecrets;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;

/** How a job's configuration becomes a connection to Kafka, the same in driver and tasks. */
public final class TargetConnection {
  private static final String GENERATION = "export.run.generation";

  private TargetConnection() {}

  /** The export's settings as they stand in a job's configuration. */
  public static Settings settings(Configuration configuration) throws InvalidSettingException {
    return Settings.read(ExportSettings.ALL, configuration::get);
  }

  /**
   * Connects to the cluster that the settings name: in a job's task as its driver found right, else
   * with the client that is wanted or fits.
   *
   * @param credentials which hold the secrets of Kafka's client
   */
  public static KafkaTarget connect(Configuration configuration, Credentials credentials)
      throws IOException {
    Settings settings = settings(configuration);
    ClusterSettings cluster =
        new ClusterSettings(
            settings.get(ExportSettings.BOOTSTRAP_SERVERS),
            settings.get(ExportSettings.TIMEOUT),
            ClientSecrets.join(configuration, credentials));
    String known = configuration.get(GENERATION);
    return known == null
        ? KafkaClusters.target(cluster, settings.get(ExportSettings.GENERATION).generation())
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
        settings.get(ExportSettings.LINGER),
        settings.get(ExportSettings.TIMESTAMPS) == Timestamps.KEEP);
  }

  /** Lets a job's tasks make no larger batches than this. */
  public static void keepBatchBytes(int bytes, Configuration configuration) {
    configuration.setInt(ExportSettings.BATCH_BYTES.key(), bytes);
  }

  /** Whether a task sends the timestamps that records have. */
  public static boolean sendsTimestamps(Configuration configuration)
      throws InvalidSettingException {
    return settings(configuration).get(ExportSettings.TIMESTAMPS) == Timestamps.KEEP
        && !Generation.LEGACY.name().equals(configuration.get(GENERATION));
  }
}
