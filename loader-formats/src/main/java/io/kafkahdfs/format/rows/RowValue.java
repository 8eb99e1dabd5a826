package io.kafkahdfs.format.rows;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.AvroValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/** Makes values of what did not come from Kafka: Avro's generic data of a schema. */
public final class RowValue {
  private final Schema schema;
  private final AvroValues values;
  private final GenericDatumWriter<Object> writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private BinaryEncoder binary;

  public RowValue(Schema schema, AvroValues values) {
    this.schema = schema;
    this.values = values;
    this.writer = new GenericDatumWriter<>(schema);
  }

  /** Makes a record of it that has a value and nothing else. */
  public void show(Object datum, KafkaRecord into) throws IOException {
    bytes.reset();
    Encoder encoder = encoder();
    writer.write(datum, encoder);
    encoder.flush();
    into.setPosition(null, 0);
    into.key().setNull();
    into.value().set(bytes.toByteArray());
  }

  private Encoder encoder() throws IOException {
    if (values == AvroValues.JSON) {
      return EncoderFactory.get().jsonEncoder(schema, bytes);
    }
    binary = EncoderFactory.get().binaryEncoder(bytes, binary);
    return binary;
  }
}
