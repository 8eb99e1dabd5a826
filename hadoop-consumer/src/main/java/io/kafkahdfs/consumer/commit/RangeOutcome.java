package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.StoredValue;

/**
 * What a task did with a range: what became of each offset from the range's beginning to where the
 * task ended it.
 *
 * @param range as it was planned
 * @param end the first offset that was not dealt with; {@code range.until()} unless it ended early
 * @param written offsets that have at least one record in a file
 * @param filtered offsets whose record the mapper left out
 * @param bad offsets whose record could not be read
 * @param invisible offsets that no record has
 * @param lost offsets that retention removed before they were read
 * @param records records in the files; more than {@code written} if a mapper made several of one
 * @param bytes of the keys and values that were read
 * @param last the last record that was read; null if none was
 */
public record RangeOutcome(
    OffsetRange range,
    long end,
    long written,
    long filtered,
    long bad,
    long invisible,
    long lost,
    long records,
    long bytes,
    @AddedLater RecordFingerprint last) {
  public RangeOutcome {
    StoredValue.notNegative(range.toString(), end, written, bad, invisible, lost, records, bytes);
  }

  /** Offsets that are accounted for. */
  public long accounted() {
    return written + filtered + bad + invisible + lost;
  }
}
