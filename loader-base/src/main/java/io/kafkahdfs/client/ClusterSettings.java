package io.kafkahdfs.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to reach a cluster.
 *
 * @param bootstrapServers {@code host:port} of some brokers, at least one
 * @param timeout how long one request may take; also how long a broker may be gone before reading
 *     from it fails
 * @param client properties of Kafka's own client, by Kafka's names
 */
public record ClusterSettings(
    List<String> bootstrapServers, Duration timeout, Map<String, String> client) {
  public ClusterSettings {
    bootstrapServers = List.copyOf(bootstrapServers);
    client = Map.copyOf(client);
  }
}
