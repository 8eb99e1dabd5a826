package io.kafkahdfs.config;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How much a second at which time of day.
 *
 * @param from the rates, each with the time from which on it holds; empty for as much as can be.
 *     The last one of a day holds until the first one of the next
 */
public record RateTable(NavigableMap<LocalTime, Optional<Rate>> from) {
  /** For a setting. */
  public static final ValueType<RateTable> TYPE =
      new ValueType<>(
          "an amount a second, of bytes (50m, 200k) or of records (5000r), or several with their"
              + " times of day (08:00=20m,20:00=off)",
          RateTable::parse);

  private static final String OFF = "off";

  public RateTable {
    if (from.isEmpty()) {
      throw new IllegalArgumentException("there is no rate");
    }
    from = new TreeMap<>(from);
  }

  /**
   * Reads one rate, as {@link Rate#parse} does, or several with their times: {@code
   * 08:00=20m,20:00=off}.
   *
   * @throws IllegalArgumentException if it is neither; its message is a clause
   */
  public static RateTable parse(String text) {
    NavigableMap<LocalTime, Optional<Rate>> rates = new TreeMap<>();
    if (!text.contains("=")) {
      rates.put(LocalTime.MIN, Optional.of(Rate.parse(text)));
      return new RateTable(rates);
    }
    for (String entry : text.split(",", -1)) {
      int equals = entry.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "each of several rates needs a time, and " + entry + " has none");
      }
      String rate = entry.substring(equals + 1).strip();
      LocalTime time = time(entry.substring(0, equals).strip());
      Optional<Rate> parsed =
          rate.toLowerCase(Locale.ROOT).equals(OFF)
              ? Optional.empty()
              : Optional.of(Rate.parse(rate));
      if (rates.put(time, parsed) != null) {
        throw new IllegalArgumentException("it has two rates from " + time + " on");
      }
    }
    return new RateTable(rates);
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(text + " is no time of day, such as 08:00", e);
    }
  }

  /** What holds at a time of day; empty for as much as can be. */
  public Optional<Rate> at(LocalTime time) {
    Map.Entry<LocalTime, Optional<Rate>> entry = from.floorEntry(time);
    return (entry == null ? from.lastEntry() : entry).getValue();
  }

  /** An equal share of each rate. */
  public RateTable share(int parts) {
    NavigableMap<LocalTime, Optional<Rate>> shares = new TreeMap<>();
    from.forEach((time, rate) -> shares.put(time, rate.map(whole -> whole.share(parts))));
    return new RateTable(shares);
  }
}
