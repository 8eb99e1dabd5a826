package io.kafkahdfs.client;

import java.util.Objects;
import java.util.Optional;

/**
 * A topic as the cluster describes it to one who is about to send to it.
 *
 * @param partitions how many it has
 * @param rules what it does with records; empty if the brokers do not tell
 * @param hidden why they do not tell, to follow "cannot be looked at: "; empty if they do
 */
public record TargetTopic(
    String name, int partitions, Optional<TopicRules> rules, Optional<String> hidden) {
  public TargetTopic {
    Objects.requireNonNull(name, "name");
    if (rules.isPresent() == hidden.isPresent()) {
      throw new IllegalArgumentException("Either the rules, or why there are none: " + name);
    }
  }

  /** A topic whose rules are known. */
  public static TargetTopic of(String name, int partitions, TopicRules rules) {
    return new TargetTopic(name, partitions, Optional.of(rules), Optional.empty());
  }

  /**
   * A topic of which the brokers tell no more than its partitions.
   *
   * @param why to follow "cannot be looked at: "
   */
  public static TargetTopic hidden(String name, int partitions, String why) {
    return new TargetTopic(name, partitions, Optional.empty(), Optional.of(why));
  }
}
