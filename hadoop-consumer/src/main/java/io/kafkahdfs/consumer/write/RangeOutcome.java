package io.kafkahdfs.consumer.write;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.StoredValue;

/**
 * What a task did with a range: what became of each offset from the range's beginning to where the
 * task ended it.
 *
 * @param range as it was planned
 * @param end the first offset that was not dealt with; {@code range.until()} unless it ended early
 * @param tally of the offsets from {@code range.from()} to {@code end}
 * @param records records in the files; more than written offsets if a mapper made several of one
 * @param bytes of the keys and values that were read
 * @param last the last record that was read; null if none was
 * @param quarantined records in the files of the quarantine
 */
public record RangeOutcome(
    OffsetRange range,
    long end,
    @JsonUnwrapped OffsetTally tally,
    long records,
    long bytes,
    @AddedLater RecordFingerprint last,
    @AddedLater Long quarantined) {
  public RangeOutcome {
    quarantined = quarantined == null ? 0 : quarantined;
    StoredValue.notNegative(range.toString(), end, records, bytes, quarantined);
  }

  /** Nothing is in quarantine. */
  public RangeOutcome(
      OffsetRange range,
      long end,
      OffsetTally tally,
      long records,
      long bytes,
      RecordFingerprint last) {
    this(range, end, tally, records, bytes, last, 0L);
  }
}
