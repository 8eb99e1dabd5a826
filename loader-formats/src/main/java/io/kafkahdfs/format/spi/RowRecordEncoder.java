package io.kafkahdfs.format.spi;

import io.kafkahdfs.client.KafkaRecord;
import java.io.IOException;
import java.util.function.Function;
import org.apache.avro.generic.IndexedRecord;

/**
 * Writes records into a file of rows.
 *
 * @param rows closed with this
 * @param row what becomes of a record; may be the object of the one before
 */
public record RowRecordEncoder(RowEncoder rows, Function<KafkaRecord, IndexedRecord> row)
    implements RecordEncoder {
  @Override
  public void write(KafkaRecord record) throws IOException {
    try {
      rows.write(row.apply(record));
    } catch (UnwritableRowException e) {
      throw e.of(record);
    }
  }

  @Override
  public long bytes() {
    return rows.bytes();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
