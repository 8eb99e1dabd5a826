package io.kafkahdfs.client;

import java.io.IOException;
import java.util.ServiceLoader;

/** Finds the client that fits a cluster, among those that the class path offers. */
public final class KafkaClusters {
  private KafkaClusters() {}

  /** Connects to a cluster; see {@link KafkaClusterProvider#connect}. */
  public static KafkaCluster connect(ClusterSettings settings) throws IOException {
    return provider(Generation.LEGACY).connect(settings);
  }

  /** Connects to a cluster for sending; see {@link KafkaClusterProvider#target}. */
  public static KafkaTarget target(ClusterSettings settings) throws IOException {
    return provider(Generation.LEGACY).target(settings);
  }

  private static KafkaClusterProvider provider(Generation generation) {
    // The jar's own class loader: in a task the thread's context class loader may be another.
    ClassLoader loader = KafkaClusters.class.getClassLoader();
    for (KafkaClusterProvider provider : ServiceLoader.load(KafkaClusterProvider.class, loader)) {
      if (provider.generation() == generation) {
        return provider;
      }
    }
    throw new IllegalStateException("No Kafka client of generation " + generation + " in the jar");
  }
}
