package io.kafkahdfs.client;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which topics are meant: those named, and those that match {@code include}; of both, none that
 * matches {@code exclude}. Patterns must match a whole name. Kafka's own topics are not meant by a
 * pattern, as in Kafka's consumers.
 *
 * @param names topics named one by one; each must exist
 * @param include a pattern; it may match nothing
 * @param exclude a pattern
 */
public record TopicFilter(Set<String> names, Optional<Pattern> include, Optional<Pattern> exclude) {
  /** Old brokers mark none, and not all of these are marked by every version. */
  private static final Set<String> INTERNAL = Set.of("__consumer_offsets", "__transaction_state");

  public TopicFilter {
    names = Collections.unmodifiableSet(new TreeSet<>(names));
  }

  /** Just these topics. */
  public static TopicFilter of(String... names) {
    return new TopicFilter(new TreeSet<>(List.of(names)), Optional.empty(), Optional.empty());
  }

  /** Whether a topic is meant that brokers do not mark as one of Kafka's own. */
  public boolean accepts(String topic) {
    return accepts(topic, false);
  }

  /**
   * Whether a topic is meant.
   *
   * @param internal whether brokers mark it as one of Kafka's own; those that every version has are
   *     told by their names, too
   */
  public boolean accepts(String topic, boolean internal) {
    boolean own = internal || INTERNAL.contains(topic);
    return matches(topic) && (!own || names.contains(topic));
  }

  /** Whether a pattern would find a topic, were it not one of Kafka's own. */
  public boolean leavesOut(String topic, boolean internal) {
    return matches(topic) && !accepts(topic, internal);
  }

  private boolean matches(String topic) {
    boolean wanted =
        names.contains(topic)
            || include
                .filter(p -> BoundedMatch.whole(p, topic, "--include, --exclude"))
                .isPresent();
    return wanted
        && exclude.filter(p -> BoundedMatch.whole(p, topic, "--include, --exclude")).isEmpty();
  }
}
