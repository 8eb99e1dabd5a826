package io.kafkahdfs.consumer.write;

import io.kafkahdfs.state.StoredValue;
import java.time.Instant;

/**
 * Records that came late: the time that their folder tells was over when the run of the last commit
 * began.
 *
 * @param records how many, at least 1
 * @param oldest the time of the oldest of them, ISO 8601
 * @param folder where that one stands, below the output root
 */
public record LateRecords(long records, String oldest, String folder) {
  public LateRecords {
    StoredValue.below(folder);
    StoredValue.counts(folder, records);
    StoredValue.time(folder, oldest);
    if (records == 0) {
      throw new IllegalArgumentException(folder + " has no late records");
    }
  }

  /** All of both; of records of the same age the folder of these is told. */
  public LateRecords plus(LateRecords more) {
    LateRecords first = Instant.parse(more.oldest).isBefore(Instant.parse(oldest)) ? more : this;
    return new LateRecords(Math.addExact(records, more.records), first.oldest, first.folder);
  }
}
