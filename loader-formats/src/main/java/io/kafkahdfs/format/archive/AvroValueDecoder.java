package io.kafkahdfs.format.archive;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/** Records of any Avro file, each one a value. */
final class AvroValueDecoder implements RecordDecoder {
  private final AvroBlocks blocks;
  private final GenericDatumReader<Object> reader;
  private final GenericDatumWriter<Object> writer;
  private final Schema schema;
  private final AvroValues values;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Object datum;
  private BinaryEncoder binary;

  AvroValueDecoder(AvroFile file, long start, long end, AvroValues values, boolean checked)
      throws IOException {
    this.schema = file.schema();
    this.values = values;
    reader = new GenericDatumReader<>(schema);
    writer = new GenericDatumWriter<>(schema);
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
      bytes.reset();
      Encoder encoder = encoder();
      writer.write(datum, encoder);
      encoder.flush();
    } catch (RuntimeException | StackOverflowError e) {
      throw new IOException(Reason.of(e), e);
    }
    into.setPosition(null, 0);
    into.key().setNull();
    into.value().set(bytes.toByteArray());
    return true;
  }

  private Encoder encoder() throws IOException {
    if (values == AvroValues.JSON) {
      return EncoderFactory.get().jsonEncoder(schema, bytes);
    }
    binary = EncoderFactory.get().binaryEncoder(bytes, binary);
    return binary;
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
