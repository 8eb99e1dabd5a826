package io.kafkahdfs.consumer.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.config.ValueType;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.MayBeNull;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What makes a load the same load from run to run: which topics it lands and as what.
 *
 * @param topics names, sorted
 * @param include pattern, or null
 * @param exclude pattern, or null
 * @param format the files' format
 * @param layout the folders that files stand in; null if those have the names of topics
 * @param values what keys and values become; null if they stay bytes
 */
public record LoadIdentity(
    List<String> topics,
    @MayBeNull String include,
    @MayBeNull String exclude,
    String format,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) String layout,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) String values) {
  /** Ends what is noted of values whose files do not tell where they came from. */
  public static final String WITHOUT_ORIGIN = " --metadata none";

  public LoadIdentity {
    topics = List.copyOf(topics);
    filter(topics, include, exclude);
  }

  /** Its folders have the names of topics. */
  public LoadIdentity(List<String> topics, String include, String exclude, String format) {
    this(topics, include, exclude, format, null, null);
  }

  /**
   * @param layout null if folders have the names of topics
   * @param values null if keys and values are bytes
   */
  public static LoadIdentity of(TopicFilter topics, String format, String layout, String values) {
    return new LoadIdentity(
        List.copyOf(topics.names()),
        topics.include().map(Pattern::pattern).orElse(null),
        topics.exclude().map(Pattern::pattern).orElse(null),
        format,
        layout,
        values);
  }

  /** Whether files of columns tell where their records came from. */
  public boolean keepsOrigin() {
    return values == null || !values.endsWith(WITHOUT_ORIGIN);
  }

  /** Whether it makes the same files as another of the same records. */
  public boolean landsLike(LoadIdentity other) {
    return format.equals(other.format)
        && Objects.equals(layout, other.layout)
        && Objects.equals(values, other.values);
  }

  /** The topics that it lands. */
  public TopicFilter filter() {
    return filter(topics, include, exclude);
  }

  private static TopicFilter filter(List<String> topics, String include, String exclude) {
    return new TopicFilter(
        new TreeSet<>(topics),
        Optional.ofNullable(include).map(ValueType.pattern().parser()),
        Optional.ofNullable(exclude).map(ValueType.pattern().parser()));
  }

  /** For messages. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (!topics.isEmpty()) {
      text.append("--topic ").append(String.join(",", topics)).append(' ');
    }
    if (include != null) {
      text.append("--include ").append(include).append(' ');
    }
    if (exclude != null) {
      text.append("--exclude ").append(exclude).append(' ');
    }
    text.append("--format ").append(format);
    if (layout != null) {
      text.append(" --layout ").append(layout);
    }
    if (values != null) {
      text.append(" --values ").append(values);
    }
    return text.toString();
  }
}
