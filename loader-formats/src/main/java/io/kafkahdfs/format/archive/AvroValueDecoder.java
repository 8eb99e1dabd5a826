package io.kafkahdfs.format.archive;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.rows.RowValue;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.IOException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;

/** Records of any Avro file, each one a value. */
final class AvroValueDecoder implements RecordDecoder {
  private final AvroBlocks blocks;
  private final GenericDatumReader<Object> reader;
  private final RowValue value;
  private Object datum;

  AvroValueDecoder(AvroFile file, long start, long end, AvroValues values, boolean checked)
      throws IOException {
    // Avro keeps what it has made of a schema, of each file another, as long as there is the model.
    reader = new GenericDatumReader<>(file.schema(), file.schema(), new GenericData());
    value = new RowValue(file.schema(), values);
    blocks = new AvroBlocks(file, start, end, checked);
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    BinaryDecoder record = blocks.next();
    if (record == null) {
      return false;
    }
    try {
      datum = reader.read(datum, record);
      value.show(datum, into);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IOException(Reason.of(e), e);
    }
    return true;
  }

  @Override
  public float progress() {
    return blocks.progress();
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}
