package io.kafkahdfs.consumer.plan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Where partitions begin that were never loaded. */
public sealed interface StartPolicy {
  /** At the first offset that retention left. */
  record Earliest() implements StartPolicy {}

  /** At the end: only what comes later is loaded. */
  record Latest() implements StartPolicy {}

  /** At or before the first record of a time. */
  record AtTime(Instant time) implements StartPolicy {}

  /**
   * At offsets that the user names.
   *
   * @param file a local file of lines {@code TOPIC:PARTITION:OFFSET}
   */
  record AtOffsets(String file) implements StartPolicy {}

  /**
   * Reads the text of {@code --start}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static StartPolicy parse(String text) {
    if (text.equals("earliest")) {
      return new Earliest();
    }
    if (text.equals("latest")) {
      return new Latest();
    }
    if (text.startsWith("timestamp:")) {
      return new AtTime(instant(text.substring("timestamp:".length())));
    }
    if (text.startsWith("offsets:") && text.length() > "offsets:".length()) {
      return new AtOffsets(text.substring("offsets:".length()));
    }
    throw new IllegalArgumentException(text);
  }

  private static Instant instant(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      // Brokers are asked for milliseconds.
      time.toEpochMilli();
      return time;
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
