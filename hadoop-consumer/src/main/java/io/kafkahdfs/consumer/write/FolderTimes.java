package io.kafkahdfs.consumer.write;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/** What the names of folders tell of times. */
final class FolderTimes {
  private static final long HOUR_MS = 3_600_000;
  private static final long MINUTE_MS = 60_000;

  private final ZoneId zone;
  private final ZoneRules rules;

  /** What {@link #offset} says of all times; empty if it depends. */
  private final OptionalInt alwaysAhead;

  private final long firstMs;
  private final long lastMs;
  private final List<DateTimeFormatter> times = new ArrayList<>();

  /** The unit of time within which a clock in the zone leads to one folder, in milliseconds. */
  private long unitMs = Long.MAX_VALUE;

  FolderTimes(ZoneId zone) {
    this.zone = zone;
    this.rules = zone.getRules();
    this.alwaysAhead =
        rules.isFixedOffset()
            ? OptionalInt.of(rules.getOffset(Instant.EPOCH).getTotalSeconds())
            : OptionalInt.empty();
    this.firstMs = begin(Year.of(1));
    this.lastMs = begin(Year.of(10_000)) - 1;
  }

  private long begin(Year year) {
    return year.atDay(1).atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /**
   * Adds what a pattern tells.
   *
   * @throws IllegalArgumentException if it is no pattern; its message says why
   */
  DateTimeFormatter add(String pattern) {
    DateTimeFormatter formatter;
    try {
      formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(zone);
      formatter.format(Instant.EPOCH);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException("{time:" + pattern + "}: " + e.getMessage(), e);
    }
    unitMs = Math.min(unitMs, unit(formatter));
    times.add(formatter);
    return formatter;
  }

  /** From what it makes of times that are near each other, whatever letters it has. */
  private static long unit(DateTimeFormatter formatter) {
    Instant even = Instant.EPOCH;
    String first = formatter.format(even);
    boolean inMinute =
        LongStream.of(1, 10, 100, 500, 1000)
            .allMatch(ms -> formatter.format(even.plusMillis(ms)).equals(first));
    if (!inMinute) {
      return 1;
    }
    return formatter.format(even.plusSeconds(60)).equals(first) ? HOUR_MS : MINUTE_MS;
  }

  /**
   * Whether folders can tell of a time: of years 1 to 9999, as tables know them.
   *
   * @param ms milliseconds since 1970 UTC
   */
  boolean tells(long ms) {
    return ms >= firstMs && ms <= lastMs;
  }

  /** Whether they tell of times. */
  boolean any() {
    return unitMs != Long.MAX_VALUE;
  }

  /** Whether they tell the same of two times. */
  boolean areSame(Instant time, Instant other) {
    return times.stream()
        .allMatch(formatter -> formatter.format(time).equals(formatter.format(other)));
  }

  /**
   * How far clocks in the zone are ahead of UTC at a time, in seconds; 0 if it does not matter.
   *
   * @param ms milliseconds since 1970 UTC
   */
  int offset(long ms) {
    if (!any()) {
      return 0;
    }
    return alwaysAhead.isPresent()
        ? alwaysAhead.getAsInt()
        : rules.getOffset(Instant.ofEpochMilli(ms)).getTotalSeconds();
  }

  /**
   * A number that times have in common only if they have the same folder: what clocks in the zone
   * show, without what the folder does not tell.
   *
   * @param offset what {@link #offset} says of the time, which must be the same too
   */
  long bucket(long ms, int offset) {
    return any() ? Math.floorDiv(ms + offset * 1000L, unitMs) : 0;
  }
}
