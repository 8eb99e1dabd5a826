package io.kafkahdfs.client;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the client that fits a cluster, among those that the class path offers. */
public final class KafkaClusters {
  private KafkaClusters() {}

  /** Connects to a cluster with the client that fits it. */
  public static KafkaCluster connect(ClusterSettings settings) throws IOException {
    return connect(settings, Optional.empty());
  }

  /**
   * Connects to a cluster with the client that is wanted, or else the one that fits it. Asks the
   * servers which they understand; see {@link KafkaClusterProvider#connect} too.
   *
   * @throws KafkaUnreachableException if none of the servers answers within the time-out
   * @throws LoaderException if the cluster does not understand the client that is wanted
   */
  public static KafkaCluster connect(ClusterSettings settings, Optional<Generation> wanted)
      throws IOException {
    return reconnect(settings, choose(settings, wanted));
  }

  /** Connects once more to a cluster whose generation is known, and asks nobody for it. */
  public static KafkaCluster reconnect(ClusterSettings settings, Generation generation)
      throws IOException {
    return provider(generation).connect(settings);
  }

  /** Connects for sending, as {@link #connect(ClusterSettings, Optional)} does for reading. */
  public static KafkaTarget target(ClusterSettings settings, Optional<Generation> wanted)
      throws IOException {
    return targetAgain(settings, choose(settings, wanted, true));
  }

  /** Connects once more for sending to a cluster whose generation is known. */
  public static KafkaTarget targetAgain(ClusterSettings settings, Generation generation)
      throws IOException {
    return provider(generation).target(settings);
  }

  /**
   * Finds out which client to connect with: the one that is wanted, if the cluster understands it,
   * or else the one that fits. See {@link #connect(ClusterSettings, Optional)}.
   */
  public static Generation choose(ClusterSettings settings, Optional<Generation> wanted)
      throws IOException {
    return choose(settings, wanted, false);
  }

  private static Generation choose(
      ClusterSettings settings, Optional<Generation> wanted, boolean sending) throws IOException {
    String protocol = settings.client().getOrDefault("security.protocol", "PLAINTEXT").strip();
    if (!protocol.equalsIgnoreCase("PLAINTEXT")) {
      if (wanted.equals(Optional.of(Generation.LEGACY))) {
        throw new LoaderException(
            ExitCode.WRONG_SETTING,
            "--kafka-generation legacy cannot work with kafka.security.protocol="
                + protocol
                + ": the client of Kafka 0.9 speaks plaintext only. Leave one of them out.");
      }
      // The question speaks plaintext only, too.
      return Generation.MODERN;
    }
    GenerationProbe.Answer answer = GenerationProbe.ask(settings);
    Generation generation =
        wanted.orElse(
            answer.understands().contains(Generation.MODERN)
                ? Generation.MODERN
                : Generation.LEGACY);
    if (!answer.understands().contains(generation)) {
      throw refusal(generation, answer.server());
    }
    if (sending && !answer.takesRecords()) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          answer.server()
              + " is Kafka 0.8, which can be read from, but not sent to: the client of Kafka 0.9"
              + " does not understand its acknowledgements. Set --bootstrap-server to brokers of"
              + " Kafka 0.9 or newer.");
    }
    return generation;
  }

  private static LoaderException refusal(Generation generation, String server) {
    String why =
        generation == Generation.LEGACY
            ? " has transactions, since it is Kafka 0.11 or newer, and the client of Kafka 0.9 would take"
                + " the records of aborted ones for real, if it were understood at all"
            : " does not understand today's client, since it is older than Kafka 0.10";
    return new LoaderException(
        ExitCode.WRONG_SETTING,
        "--kafka-generation "
            + generation.name().toLowerCase(Locale.ROOT)
            + " cannot work: "
            + server
            + why
            + ". Leave the option out: the client that fits is detected.");
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
