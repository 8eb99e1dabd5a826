package io.kafkahdfs.legacy;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusterProvider;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.legacy.admin.LeaderFinder;
import io.kafkahdfs.legacy.connection.ClientOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Connects to clusters of Kafka 0.8.2 and 0.9. */
public final class LegacyClusterProvider implements KafkaClusterProvider {
  private static final Set<String> SHARED =
      Set.of("client.id", "request.timeout.ms", "security.protocol");

  @Override
  public Generation generation() {
    return Generation.LEGACY;
  }

  @Override
  public KafkaCluster connect(ClusterSettings settings) throws IOException {
    ClientOptions options = ClientOptions.of(settings);
    LeaderFinder leaders = new LeaderFinder(options);
    leaders.refresh();
    return new LegacyCluster(options, leaders);
  }

  @Override
  public KafkaTarget target(ClusterSettings settings) throws IOException {
    // The connection that asks about topics does not use, and must not warn of, what is the
    // producer's alone.
    Map<String, String> questions = new TreeMap<>(settings.client());
    questions.keySet().removeIf(name -> !isForQuestions(name));
    ClientOptions options =
        ClientOptions.of(
            new ClusterSettings(settings.bootstrapServers(), settings.timeout(), questions));
    LeaderFinder leaders = new LeaderFinder(options);
    leaders.refresh();
    return new LegacyTarget(settings, options, leaders);
  }

  private static boolean isForQuestions(String name) {
    return SHARED.contains(name) || name.startsWith("ssl.") || name.startsWith("sasl.");
  }
}
