package io.kafkahdfs.config;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Some of many things, chosen by a hash of their names: each is in the same share whenever it is
 * asked for, whatever there is beside it. Hashes are taken for numbers from 0 up to 1.
 *
 * @param from where the share begins, 0 or more and below 1
 * @param size how much of all it is, 0 to 1; what goes beyond 1 begins again at 0
 * @param text how it was asked for
 */
public record Share(double from, double size, String text) {
  /** What {@link #parse} takes. */
  public static final String ALLOWED =
      "true or false, a share such as 5%, or part K of N such as 3/30";

  public static final Share ALL = new Share(0, 1, "all");
  public static final Share NONE = new Share(0, 0, "none");

  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)\\s*%");
  private static final Pattern PART = Pattern.compile("(\\d{1,6})\\s*/\\s*(\\d{1,6})");

  /**
   * Reads {@code true}, {@code false}, {@code P%} or {@code K/N}. Of a share in percent it is left
   * to chance which one it is; the parts 1 to N of N together are all.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static Share parse(String text) {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "true":
        return ALL;
      case "false":
        return NONE;
      default:
    }
    Matcher percent = PERCENT.matcher(text);
    if (percent.matches()) {
      double size = Double.parseDouble(percent.group(1)) / 100;
      if (size > 0 && size <= 1) {
        return new Share(ThreadLocalRandom.current().nextDouble(), size, text);
      }
    }
    Matcher part = PART.matcher(text);
    if (part.matches()) {
      int number = Integer.parseInt(part.group(1));
      int of = Integer.parseInt(part.group(2));
      if (number >= 1 && number <= of) {
        return new Share((number - 1) / (double) of, 1.0 / of, text);
      }
    }
    throw new IllegalArgumentException(text);
  }

  public boolean isNone() {
    return size == 0;
  }

  /** Whether something of a name is in it. */
  public boolean has(String name) {
    CRC32C crc = new CRC32C();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    double hash = crc.getValue() / (double) (1L << 32);
    double beyond = hash < from ? hash + 1 - from : hash - from;
    return beyond < size;
  }
}
