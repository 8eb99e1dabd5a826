package io.kafkahdfs.state;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** Checks of what records hold that are stored, for their constructors. */
public final class StoredValue {
  private StoredValue() {}

  /**
   * @param what names the values, for the message
   * @throws IllegalArgumentException if one is negative
   */
  public static void notNegative(String what, long... values) {
    for (long value : values) {
      if (value < 0) {
        throw new IllegalArgumentException(what + ": " + value + " is negative");
      }
    }
  }

  /**
   * @param what names the time, for the message
   * @param text ISO 8601, or null
   * @throws IllegalArgumentException if it is no time
   */
  public static void time(String what, String text) {
    if (text != null) {
      try {
        Instant.parse(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(what + ": " + text + " is no time", e);
      }
    }
  }

  /**
   * @throws IllegalArgumentException if two entries have the same key
   */
  public static <T> void distinct(String what, Collection<T> entries, Function<T, ?> key) {
    Set<Object> seen = new HashSet<>();
    for (T entry : entries) {
      if (!seen.add(key.apply(entry))) {
        throw new IllegalArgumentException(what + " has " + key.apply(entry) + " twice");
      }
    }
  }

  /**
   * @throws IllegalArgumentException if a path does not lead from a folder to something in it
   */
  public static void below(String path) {
    boolean leads = !path.isEmpty() && !path.startsWith("/") && path.indexOf('\0') < 0;
    for (String name : path.split("/", -1)) {
      leads &= !name.isEmpty() && !name.equals(".") && !name.equals("..");
    }
    if (!leads) {
      throw new IllegalArgumentException("\"" + path + "\" is no path below a folder");
    }
  }
}
