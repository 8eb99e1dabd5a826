package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.store.HiddenName;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Folders below the output root, with the values of records in their names: {@code
 * {topic}/dt={time:yyyy-MM-dd}}.
 */
public final class FolderTemplate {
  /** Templates with names. */
  private static final Map<String, String> NAMED =
      Map.of(
          "daily", "{topic}/dt={time:yyyy-MM-dd}",
          "hourly", "{topic}/dt={time:yyyy-MM-dd}/hour={time:HH}");

  private static final Pattern VALUE = Pattern.compile("\\{([a-z]+)(?::([^{}]*))?}");

  private static final long HOUR_MS = 3_600_000;
  private static final long MINUTE_MS = 60_000;

  /** The most bytes of a name in HDFS, unless a cluster allows more or less. */
  static final int LONGEST_NAME = 255;

  private final String text;
  private final ZoneRules zone;

  /** What {@link #offset} says of all times; empty if it depends. */
  private final OptionalInt alwaysAhead;

  private final long firstMs;
  private final long lastMs;
  private final List<List<Part>> names;
  private final List<DateTimeFormatter> times = new ArrayList<>();

  /** The unit of time within which a clock in the zone leads to one folder, in milliseconds. */
  private long unitMs = Long.MAX_VALUE;

  private boolean headers;

  /** Makes a part of a name. */
  private interface Part {
    /**
     * @param time null if the record has none that can be told
     */
    String of(KafkaRecord record, Instant time);
  }

  private FolderTemplate(String text, ZoneId zone, List<List<Part>> names) {
    this.text = text;
    this.zone = zone.getRules();
    this.alwaysAhead =
        this.zone.isFixedOffset()
            ? OptionalInt.of(this.zone.getOffset(Instant.EPOCH).getTotalSeconds())
            : OptionalInt.empty();
    this.firstMs = begin(Year.of(1), zone);
    this.lastMs = begin(Year.of(10_000), zone) - 1;
    this.names = names;
  }

  private static long begin(Year year, ZoneId zone) {
    return year.atDay(1).atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /**
   * @param text a template, or the name of one
   * @param zone in which times are told
   * @throws IllegalArgumentException if there can be no such folders; its message says why
   */
  public static FolderTemplate parse(String text, ZoneId zone) {
    String template = NAMED.getOrDefault(text, text);
    FolderTemplate parsed = new FolderTemplate(template, zone, new ArrayList<>());
    if (template.isEmpty()
        || template.startsWith("/")
        || template.endsWith("/")
        || template.contains("//")) {
      throw new IllegalArgumentException(
          "it must be folders below the output, divided by single slashes");
    }
    for (String name : slashesOutside(template)) {
      parsed.names.add(parsed.parts(name, zone));
    }
    return parsed;
  }

  private static List<String> slashesOutside(String template) {
    List<String> names = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == '/' && depth == 0) {
        names.add(template.substring(from, i));
        from = i + 1;
      }
    }
    names.add(template.substring(from));
    return names;
  }

  private List<Part> parts(String name, ZoneId zone) {
    List<Part> parts = new ArrayList<>();
    Matcher value = VALUE.matcher(name);
    int from = 0;
    while (value.find()) {
      addLiteral(name, name.substring(from, value.start()), from == 0, parts);
      parts.add(value(value.group(1), value.group(2), zone));
      from = value.end();
    }
    addLiteral(name, name.substring(from), from == 0, parts);
    return parts;
  }

  private static void addLiteral(String name, String literal, boolean begins, List<Part> parts) {
    if (literal.isEmpty()) {
      return;
    }
    if (begins && HiddenName.is(literal)) {
      throw new IllegalArgumentException(
          "readers pass over folders such as " + name + ", whose names begin with _ or a dot");
    }
    if (literal.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "a folder's name cannot have more than " + LONGEST_NAME + " bytes: " + name);
    }
    for (char c : literal.toCharArray()) {
      if (c < ' ' || ":\\{}*?\u007f".indexOf(c) >= 0) {
        throw new IllegalArgumentException("a folder's name cannot have " + c + " in it: " + name);
      }
    }
    parts.add((record, time) -> literal);
  }

  private Part value(String name, String argument, ZoneId zone) {
    return switch (name + (argument == null ? "" : ":")) {
      case "topic" -> (record, time) -> record.partition().topic();
      case "partition" -> (record, time) -> Integer.toString(record.partition().partition());
      case "time:" -> time(argument, zone);
      case "header:" -> header(argument);
      default ->
          throw new IllegalArgumentException(
              "there is no {"
                  + name
                  + (argument == null ? "" : ":...")
                  + "}; there are {topic}, {partition}, {time:PATTERN} and {header:NAME}");
    };
  }

  private Part time(String pattern, ZoneId zone) {
    if (pattern.isEmpty() || pattern.contains("/")) {
      throw new IllegalArgumentException(
          "{time:" + pattern + "} has no pattern of one folder; write {time:yyyy}/{time:MM}");
    }
    DateTimeFormatter formatter;
    try {
      formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(zone);
      formatter.format(Instant.EPOCH);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException("{time:" + pattern + "}: " + e.getMessage(), e);
    }
    unitMs = Math.min(unitMs, unit(formatter));
    times.add(formatter);
    return (record, time) -> FolderName.of(time == null ? null : formatter.format(time));
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

  private Part header(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("{header:} names no header");
    }
    headers = true;
    return (record, time) -> {
      byte[] value = null;
      List<RecordHeader> all = record.headers();
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).key().equals(name)) {
          // The last one counts, as in Kafka's own lookup.
          value = all.get(i).value();
        }
      }
      return FolderName.of(value == null ? null : new String(value, StandardCharsets.UTF_8));
    };
  }

  /**
   * Whether folders can tell of a time: of years 1 to 9999, as tables know them.
   *
   * @param ms milliseconds since 1970 UTC
   */
  boolean tells(long ms) {
    return ms >= firstMs && ms <= lastMs;
  }

  /** Whether it tells of times. */
  public boolean hasTime() {
    return unitMs != Long.MAX_VALUE;
  }

  /** Whether it tells the same of two times. */
  boolean sameTime(Instant time, Instant other) {
    return times.stream()
        .allMatch(formatter -> formatter.format(time).equals(formatter.format(other)));
  }

  /** Whether it tells of more than the partition and the time. */
  boolean hasHeaders() {
    return headers;
  }

  /**
   * How far clocks in the zone are ahead of UTC at a time, in seconds; 0 if it does not matter.
   *
   * @param ms milliseconds since 1970 UTC
   */
  int offset(long ms) {
    if (!hasTime()) {
      return 0;
    }
    return alwaysAhead.isPresent()
        ? alwaysAhead.getAsInt()
        : zone.getOffset(Instant.ofEpochMilli(ms)).getTotalSeconds();
  }

  /**
   * A number that times have in common only if they have the same folder: what clocks in the zone
   * show, without what the folder does not tell.
   *
   * @param offset what {@link #offset} says of the time, which must be the same too
   */
  long bucket(long ms, int offset) {
    return hasTime() ? Math.floorDiv(ms + offset * 1000L, unitMs) : 0;
  }

  /**
   * The folder of a record, below the output root.
   *
   * @param time null if the record has none that can be told
   */
  String folder(KafkaRecord record, Instant time) {
    StringBuilder folder = new StringBuilder();
    for (List<Part> parts : names) {
      StringBuilder name = new StringBuilder();
      parts.forEach(part -> name.append(part.of(record, time)));
      if (!folder.isEmpty()) {
        folder.append('/');
      }
      folder.append(FolderName.visible(name.toString()));
    }
    return folder.toString();
  }

  /** The template, written out. */
  @Override
  public String toString() {
    return text;
  }
}
