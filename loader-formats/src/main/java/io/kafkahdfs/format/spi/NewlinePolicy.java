package io.kafkahdfs.format.spi;

import java.util.Locale;

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

  @Override
  public String toString() {
    return id();
  }
}
