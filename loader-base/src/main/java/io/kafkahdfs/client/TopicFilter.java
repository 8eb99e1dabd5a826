package io.kafkahdfs.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which topics are meant: those named, and those that match {@code include}; of both, none that
 * matches {@code exclude}. Patterns must match a whole name.
 *
 * @param names topics named one by one; each must exist
 * @param include a pattern; it may match nothing
 * @param exclude a pattern
 */
public record TopicFilter(Set<String> names, Optional<Pattern> include, Optional<Pattern> exclude) {
  public TopicFilter {
    names = java.util.Collections.unmodifiableSet(new TreeSet<>(names));
  }

  /** Just these topics. */
  public static TopicFilter of(String... names) {
    return new TopicFilter(new TreeSet<>(List.of(names)), Optional.empty(), Optional.empty());
  }

  public boolean accepts(String topic) {
    boolean wanted =
        names.contains(topic) || include.filter(p -> p.matcher(topic).matches()).isPresent();
    return wanted && exclude.filter(p -> p.matcher(topic).matches()).isEmpty();
  }
}
