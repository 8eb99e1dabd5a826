package io.kafkahdfs.testkit.broker;

import java.util.Properties;

/** Starts a broker of one Kafka; its module names it for {@link java.util.ServiceLoader}. */
public interface BrokerStarter {
  /** Whether this Kafka stands on ZooKeeper; if not, it has controllers of its own. */
  boolean needsZooKeeper();

  /** Returns when the broker, or the controller, serves. */
  Broker start(Properties config) throws Exception;
}
