package io.kafkahdfs.config;

import java.util.Locale;

/**
 * An amount a second.
 *
 * @param amount of bytes of keys and values, or of records; more than 0
 * @param ofRecords which of both
 */
public record Rate(double amount, boolean ofRecords) {
  private static final ValueType<Long> BYTES = ValueType.bytes(1, Long.MAX_VALUE);
  private static final ValueType<Long> COUNT = ValueType.count();

  public Rate {
    if (!(amount > 0)) {
      throw new IllegalArgumentException(amount + " a second");
    }
  }

  /**
   * @throws IllegalArgumentException if the text is neither a number of bytes nor one of records
   */
  public static Rate parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.endsWith("r")) {
      return new Rate(COUNT.parse(lower.substring(0, lower.length() - 1)), true);
    }
    return new Rate(BYTES.parse(lower), false);
  }

  /** An equal share of it. */
  public Rate share(int parts) {
    return new Rate(amount / parts, ofRecords);
  }
}
