package io.kafkahdfs.consumer.report;

import com.fasterxml.jackson.annotation.JsonValue;
import io.kafkahdfs.offset.OffsetTally;

/**
 * What became of offsets that follow on each other; in the page an array of numbers.
 *
 * @param tally of all but the skipped ones
 * @param quarantined how many of the bad ones were put into quarantine
 * @param skipped how many were stepped over by hand
 * @param first number of the first commit that this sums up
 * @param last number of the last one
 */
record Segment(
    long from,
    long until,
    OffsetTally tally,
    long quarantined,
    long skipped,
    long first,
    long last) {
  Segment {
    if (tally.total() + skipped != until - from) {
      throw new IllegalArgumentException(
          "The offsets from %d to %d do not add up: %s + %d skipped"
              .formatted(from, until, tally, skipped));
    }
  }

  long size() {
    return until - from;
  }

  /** Both in one; {@code next} begins where this ends. */
  Segment and(Segment next) {
    return new Segment(
        from,
        next.until,
        tally.plus(next.tally),
        quarantined + next.quarantined,
        skipped + next.skipped,
        Math.min(first, next.first),
        Math.max(last, next.last));
  }

  /** How many offsets are neither in the output nor in its quarantine and may be missed. */
  long missing() {
    return tally.bad() - quarantined + tally.lost() + skipped;
  }

  /** In the order in which {@code report.js} takes them apart. */
  @JsonValue
  long[] numbers() {
    return new long[] {
      from,
      until,
      tally.written(),
      tally.filtered(),
      tally.bad() - quarantined,
      tally.invisible(),
      tally.lost(),
      skipped,
      first,
      last,
      quarantined
    };
  }
}
