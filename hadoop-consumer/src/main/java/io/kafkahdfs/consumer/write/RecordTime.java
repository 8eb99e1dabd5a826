package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.format.typed.FieldTime;
import java.time.Instant;
import org.apache.avro.generic.IndexedRecord;

/** Finds the time of a record that its folder tells. */
public interface RecordTime {
  /** The time of a record that has none. */
  long NONE = FieldTime.NONE;

  /**
   * @param row what became of the value; null if nothing did
   * @return milliseconds since 1970 UTC, or {@link #NONE}
   * @throws UnwritableRecordException if there should be one, and none can be made of it
   */
  long of(KafkaRecord record, IndexedRecord row) throws UnwritableRecordException;

  /** Each record's own. */
  static RecordTime own() {
    return (record, row) ->
        record.timestamp() == KafkaRecord.NO_TIMESTAMP ? NONE : record.timestamp();
  }

  /** One for all. */
  static RecordTime always(Instant time) {
    long ms = time.toEpochMilli();
    return (record, row) -> ms;
  }
}
