package io.kafkahdfs.consumer.plan;

import java.time.Instant;

/** Where a run ends in each partition, at the latest. */
public sealed interface EndPolicy {
  /** At the end of what can be read when the run is planned. */
  record Latest() implements EndPolicy {}

  /** Before the first record of a time or later; at the end if there is none. */
  record AtTime(Instant time) implements EndPolicy {}

  /**
   * Before offsets that the user names.
   *
   * @param file a local file of lines {@code TOPIC:PARTITION:OFFSET}
   */
  record AtOffsets(String file) implements EndPolicy {}

  /**
   * Reads the text of {@code --end}, which is spelled as that of {@code --start}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static EndPolicy parse(String text) {
    StartPolicy place = StartPolicy.parse(text);
    if (place instanceof StartPolicy.Latest) {
      return new Latest();
    }
    if (place instanceof StartPolicy.AtTime at) {
      return new AtTime(at.time());
    }
    if (place instanceof StartPolicy.AtOffsets given) {
      return new AtOffsets(given.file());
    }
    throw new IllegalArgumentException(text);
  }
}
