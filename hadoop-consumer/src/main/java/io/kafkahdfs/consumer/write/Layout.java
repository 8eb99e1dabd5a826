package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import java.io.IOException;

/**
 * Which records share a file, and in which folders files stand. The same for all tasks of a run;
 * each has its own. Not for several threads.
 */
public interface Layout {
  /**
   * The lane of a record.
   *
   * @param last that of the record before, or null: returned again if it is the same one, so that
   *     most records make no object
   * @return null if the record is not to be written
   * @throws io.kafkahdfs.format.spi.UnwritableRecordException if there can be no file for it
   */
  Lane lane(KafkaRecord record, Lane last) throws IOException;

  /**
   * Whether the record whose lane was asked for last is late: the time that its folder tells was
   * over when the run of the last commit began. False for folders that tell no time of records.
   */
  boolean isLate();

  /** What stands in the names of its files before the extension; nothing in those of loads. */
  default String mark() {
    return "";
  }
}
