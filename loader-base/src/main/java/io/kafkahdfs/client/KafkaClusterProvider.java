package io.kafkahdfs.client;

import java.io.IOException;

/** A generation's way to connect; found through {@link java.util.ServiceLoader}. */
public interface KafkaClusterProvider {
  Generation generation();

  /**
   * Connects, and asks the cluster for nothing more than it needs to know that it is one.
   *
   * @throws KafkaUnreachableException if none of the bootstrap servers answers within the time-out
   * @throws io.kafkahdfs.failure.LoaderException if a client property is asked for that this
   *     generation cannot honour
   */
  KafkaCluster connect(ClusterSettings settings) throws IOException;

  /**
   * Connects for sending; as {@link #connect}.
   *
   * @throws io.kafkahdfs.failure.LoaderException if a client property is asked for that this
   *     generation cannot honour, or that would break what is promised of a sender
   */
  KafkaTarget target(ClusterSettings settings) throws IOException;
}
