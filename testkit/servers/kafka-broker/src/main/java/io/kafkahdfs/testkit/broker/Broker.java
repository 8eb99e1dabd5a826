package io.kafkahdfs.testkit.broker;

/**
 * A broker, or a KRaft controller, that runs in this JVM and shuts down with it. What tests want of
 * it that no request of its Kafka does.
 */
public interface Broker {
  /** Lets retention remove now what it may remove. */
  void applyRetention() throws Exception;

  /**
   * Does what this Kafka's admin utilities do and no request does yet.
   *
   * @param words the command and its arguments
   * @return one line
   */
  default String administer(String[] words) throws Exception {
    throw new IllegalArgumentException(String.join(" ", words));
  }
}
