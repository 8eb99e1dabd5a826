package io.kafkahdfs.legacy.send;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What Kafka 0.9's producer is told. */
public final class ProducerProperties {
  /** Those that a sender's promises stand on, or that have a setting of their own. */
  private static final Map<String, String> OWNED =
      Map.ofEntries(
          Map.entry("bootstrap.servers", "use --bootstrap-server instead"),
          Map.entry("acks", "a record counts as sent when all replicas in sync have it"),
          Map.entry("retries", "it is tried again until --timeout is over"),
          Map.entry("max.in.flight.requests.per.connection", "more than 1 would mix up the order"),
          Map.entry("key.serializer", "records are sent as the bytes they are"),
          Map.entry("value.serializer", "records are sent as the bytes they are"),
          Map.entry("compression.type", "use --compression instead"),
          Map.entry("batch.size", "use --batch-bytes instead"),
          Map.entry("linger.ms", "use --linger instead"),
          Map.entry("metrics.num.samples", "what is sent again is counted with it"),
          Map.entry("metrics.sample.window.ms", "what is sent again is counted with it"));

  /** The broker decides which record is too large, not the client. */
  private static final int MAX_REQUEST_BYTES = 64 << 20;

  /** See {@link Resent}. Half, so that sums with it do not overflow. */
  private static final long ENDLESS_MILLIS = Long.MAX_VALUE / 2;

  private static final int BUFFER_BYTES = 64 << 20;
  private static final int SEND_BUFFER_BYTES = 1 << 20;

  private ProducerProperties() {}

  /**
   * @throws LoaderException if a property is given that must not be chosen, or a compression that
   *     Kafka 0.9 does not know
   */
  public static Map<String, Object> of(ClusterSettings settings, SendSettings sending)
      throws LoaderException {
    if (sending.compression() == SendSettings.Compression.ZSTD) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          "--compression zstd: Kafka 0.9 does not know it. Use none, gzip, snappy or lz4.");
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "kafka-hdfs");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) BUFFER_BYTES);
    properties.put(ProducerConfig.SEND_BUFFER_CONFIG, SEND_BUFFER_BYTES);
    int timeout = (int) Math.min(Integer.MAX_VALUE, settings.timeout().toMillis());
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) timeout);
    for (Map.Entry<String, String> given : new TreeMap<>(settings.client()).entrySet()) {
      String name = given.getKey();
      if (OWNED.containsKey(name)) {
        throw new LoaderException(
            ExitCode.WRONG_SETTING,
            "The setting kafka." + name + " cannot be set: " + OWNED.get(name) + ". Remove it.");
      }
      properties.put(name, given.getValue());
    }
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.RETRIES_CONFIG, retries(timeout, properties));
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    properties.put(
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        sending.compression().name().toLowerCase(Locale.ROOT));
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, sending.batchBytes());
    properties.put(ProducerConfig.LINGER_MS_CONFIG, sending.linger().toMillis());
    properties.put(ProducerConfig.METRICS_NUM_SAMPLES_CONFIG, 1);
    properties.put(ProducerConfig.METRICS_SAMPLE_WINDOW_MS_CONFIG, ENDLESS_MILLIS);
    return properties;
  }

  /**
   * As many as there can be within the time-out: a broker's answer that is the same each time, such
   * as that a compacted topic takes no record without a key, must not be asked for without end.
   */
  private static int retries(int timeoutMillis, Map<String, Object> properties) {
    String backoff =
        properties.getOrDefault(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "100").toString().strip();
    return backoff.matches("\\d{1,9}")
        ? Math.max(1, timeoutMillis / Math.max(1, Integer.parseInt(backoff)))
        : Integer.MAX_VALUE;
  }
}
