package io.kafkahdfs.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * How a setting's text becomes a value.
 *
 * @param allowed what may be given, for messages and the documentation: "a number from 1 on"
 * @param parser throws {@link IllegalArgumentException} for anything else
 */
public record ValueType<T>(String allowed, Function<String, T> parser) {
  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([kmgt]?)i?b?");
  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

  /** More than anybody means, and less than what clocks and Kafka's clients can reckon with. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  /**
   * @throws IllegalArgumentException if the text is not allowed
   */
  public T parse(String text) {
    try {
      return parser.apply(text.strip());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Any text that is not empty. */
  public static ValueType<String> text(String allowed) {
    return new ValueType<>(allowed, text -> require(!text.isEmpty(), text));
  }

  /** Texts separated by commas. */
  public static ValueType<List<String>> list(String allowed) {
    return list(allowed, Pattern.compile(".+"));
  }

  /** Texts separated by commas, each of a form. */
  public static ValueType<List<String>> list(String allowed, Pattern form) {
    return new ValueType<>(
        allowed,
        text -> {
          List<String> items = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
          items.forEach(item -> require(form.matcher(item).matches(), item));
          return items;
        });
  }

  public static ValueType<Integer> integer(int least, int most) {
    String allowed =
        most == Integer.MAX_VALUE
            ? "a whole number from " + least + " on"
            : "a whole number from " + least + " to " + most;
    return new ValueType<>(
        allowed,
        text -> {
          int value = Integer.parseInt(text);
          require(value >= least && value <= most, text);
          return value;
        });
  }

  public static ValueType<Long> count() {
    return new ValueType<>(
        "a whole number from 1 on",
        text -> {
          long value = Long.parseLong(text);
          require(value >= 1, text);
          return value;
        });
  }

  /** A number of bytes, with k, m, g or t for powers of 1024. */
  public static ValueType<Long> bytes(long least, long most) {
    String allowed =
        "a number of bytes from " + least + " on, with k, m, g or t for powers of 1024 (64m)";
    if (most < Long.MAX_VALUE) {
      allowed =
          "a number of bytes from " + least + " to " + most + ", with k, m, g or t (64m) allowed";
    }
    return new ValueType<>(
        allowed,
        text -> {
          Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
          require(size.matches(), text);
          long value = Long.parseLong(size.group(1));
          int power = size.group(2).isEmpty() ? 0 : "kmgt".indexOf(size.group(2)) + 1;
          for (int i = 0; i < power; i++) {
            value = Math.multiplyExact(value, 1024L);
          }
          require(value >= least && value <= most, text);
          return value;
        });
  }

  /** A time span of more than nothing, and at most ten years. */
  public static ValueType<Duration> duration() {
    return duration("", LONGEST);
  }

  /** A time span of more than nothing. */
  public static ValueType<Duration> duration(Duration most) {
    return duration(", at most " + most.toDays() + "d", most);
  }

  private static ValueType<Duration> duration(String limit, Duration most) {
    return new ValueType<>(
        "a time span of more than 0 with its unit: 500ms, 30s, 10m, 2h or 1d" + limit,
        text -> {
          Matcher span = DURATION.matcher(text.toLowerCase(Locale.ROOT));
          require(span.matches(), text);
          long number = Long.parseLong(span.group(1));
          require(number > 0, text);
          Duration value =
              switch (span.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
              };
          require(value.compareTo(most) <= 0, text);
          return value;
        });
  }

  /** One of an enum's names, in lower case. */
  public static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
    String allowed =
        Arrays.stream(type.getEnumConstants())
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return new ValueType<>(
        "one of " + allowed, text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
  }

  /** Yes or no; on the command line an option without a value. */
  public static ValueType<Boolean> flag() {
    return new ValueType<>(
        "true or false",
        text -> {
          require(text.equals("true") || text.equals("false"), text);
          return text.equals("true");
        });
  }

  public static ValueType<Pattern> pattern() {
    return new ValueType<>(
        "a Java regular expression that matches whole names",
        text -> {
          try {
            return Pattern.compile(text);
          } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription(), e);
          } catch (StackOverflowError e) {
            throw new IllegalArgumentException("Groups within groups without end", e);
          }
        });
  }

  private static String require(boolean condition, String text) {
    if (!condition) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
