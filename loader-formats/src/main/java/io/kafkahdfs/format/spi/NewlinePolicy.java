package io.kafkahdfs.format.spi;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What happens to a value with a line break in it in a file of lines. A line feed and a carriage
 * return are line breaks both: Hadoop's line reader ends a line at either.
 */
public enum NewlinePolicy {
  /** The load fails. */
  FAIL,
  /**
   * Backslash, line feed and carriage return become {@code \\}, {@code \n} and {@code \r}, two
   * characters each, in every value: what was written can be told from the file.
   */
  ESCAPE,
  /** The value is written as it is, and is several lines from then on. */
  KEEP;

  /** Its name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is no policy of this name; its message lists all
   */
  public static NewlinePolicy named(String name) {
    for (NewlinePolicy policy : values()) {
      if (policy.id().equals(name)) {
        return policy;
      }
    }
    throw new IllegalArgumentException(
        "Newlines cannot be treated as \""
            + name
            + "\"; there are "
            + Arrays.stream(values()).map(NewlinePolicy::id).collect(Collectors.joining(", ")));
  }

  @Override
  public String toString() {
    return id();
  }
}
