package io.kafkahdfs.consumer.write;

import io.kafkahdfs.offset.OffsetRange;

/**
 * A record that is bad, or several that could not be read.
 *
 * @param offsets of it, or of all of them
 * @param reason what is wrong, to follow the place
 */
public record BadRecord(OffsetRange offsets, String reason) {
  /** For people. */
  @Override
  public String toString() {
    String place = offsets.partition() + "@" + offsets.from();
    return (offsets.size() == 1 ? place : place + " to " + (offsets.until() - 1)) + " " + reason;
  }
}
