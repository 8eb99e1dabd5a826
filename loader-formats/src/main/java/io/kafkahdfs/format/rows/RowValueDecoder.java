package io.kafkahdfs.format.rows;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.format.spi.RowReader;
import java.io.IOException;
import org.apache.avro.generic.IndexedRecord;

/** Rows of any schema, each one a value. */
final class RowValueDecoder implements RecordDecoder {
  private final RowReader rows;
  private final RowValue value;

  /**
   * @param rows closed with this
   */
  RowValueDecoder(RowReader rows, AvroValues values) {
    this.rows = rows;
    this.value = new RowValue(rows.schema(), values);
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    IndexedRecord row = rows.next();
    if (row == null) {
      return false;
    }
    try {
      value.show(row, into);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IOException("a row does not fit its schema: " + Reason.of(e), e);
    }
    return true;
  }

  @Override
  public float progress() throws IOException {
    return rows.progress();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
