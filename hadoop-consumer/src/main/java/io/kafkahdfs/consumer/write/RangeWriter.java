package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import java.io.IOException;

/**
 * Takes the records of one offset range as a mapper makes them, holds them against the range, and
 * counts. Offsets may be left out and may come several times in a row, but never go back.
 */
final class RangeWriter {
  private static final long NONE = -1;

  private final OffsetRange range;
  private final LaneWriter files;
  private long lastOffset = NONE;
  private long recordsWritten;
  private long offsetsWritten;

  RangeWriter(OffsetRange range, LaneWriter files) {
    this.range = range;
    this.files = files;
  }

  /**
   * @throws LoaderException if the record does not belong here
   */
  void write(KafkaRecord record) throws IOException {
    checkPlace(record);
    files.write(record);
    recordsWritten++;
    if (record.offset() != lastOffset) {
      offsetsWritten++;
      lastOffset = record.offset();
    }
  }

  private void checkPlace(KafkaRecord record) throws LoaderException {
    if (!record.partition().equals(range.partition())
        || !range.contains(record.offset())
        || record.offset() < lastOffset) {
      // A mapper that catches this must not get away with a file that lacks the record.
      files.close();
      throw new LoaderException(
          ExitCode.FAILURE,
          "A record for offset "
              + record.offset()
              + " of "
              + record.partition()
              + " came while "
              + range
              + " is written"
              + (lastOffset == NONE ? "" : ", after offset " + lastOffset)
              + ". A mapper must keep a record's place: it may change its key, value, timestamp and"
              + " headers, leave it out or make several of it, but each with the topic, partition"
              + " and offset of the one it was given, and in their order.");
    }
  }

  /** How many records were written. */
  long recordsWritten() {
    return recordsWritten;
  }

  /** How many offsets have a record in the files: several records of one offset count once. */
  long offsetsWritten() {
    return offsetsWritten;
  }
}
