package io.kafkahdfs.producer.config;

import java.util.Locale;

/** What an export promises about records that failures get in the way of. */
public enum Guarantee {
  /** Consumers that read committed records only see each of them once. */
  EXACTLY_ONCE,
  /** None is missing; there may be duplicates. */
  AT_LEAST_ONCE;

  /**
   * @throws IllegalArgumentException if there is no such guarantee
   */
  public static Guarantee parse(String text) {
    for (Guarantee guarantee : values()) {
      if (guarantee.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return guarantee;
      }
    }
    throw new IllegalArgumentException(text);
  }

  /** As on the command line: {@code exactly-once}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
