package io.kafkahdfs.state;

import io.kafkahdfs.failure.Quoted;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Checks of what records hold that are stored, for their constructors. */
public final class StoredValue {
  private static final long MOST_RECORDS = 1L << 45;
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,199}");

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
   * Checks counts of records of a task, of which some hundred thousand must be added up.
   *
   * @param what names the counts, for the message
   * @throws IllegalArgumentException if one cannot be
   */
  public static void counts(String what, long... counts) {
    notNegative(what, counts);
    for (long count : counts) {
      if (count > MOST_RECORDS) {
        throw new IllegalArgumentException(what + ": " + count + " is more than can be");
      }
    }
  }

  /**
   * @param what names the digest, for the message
   * @param text 16 hexadecimal digits, or null
   * @throws IllegalArgumentException if it is something else
   */
  public static void digest(String what, String text) {
    if (text != null && !DIGEST.matcher(text).matches()) {
      throw new IllegalArgumentException(what + ": " + Quoted.text(text) + " is no digest");
    }
  }

  /**
   * Checks a text that names files and folders.
   *
   * @param what names it, for the message
   * @throws IllegalArgumentException if it could lead elsewhere, or no file can have it
   */
  public static void name(String what, String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(what + ": " + Quoted.text(text) + " is no name");
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
        Instant.parse(text).toEpochMilli();
      } catch (DateTimeException | ArithmeticException e) {
        throw new IllegalArgumentException(what + ": " + Quoted.text(text) + " is no time", e);
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
