package io.kafkahdfs.producer.decode;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.producer.config.AvroValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Records of any Avro file, each one a value. */
final class AvroValueDecoder implements RecordDecoder {
  private final DataFileReader<Object> reader;
  private final GenericDatumWriter<Object> writer;
  private final Schema schema;
  private final AvroValues values;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long start;
  private final long end;
  private Object datum;
  private BinaryEncoder binary;

  AvroValueDecoder(
      Path file,
      long start,
      long length,
      Schema schema,
      AvroValues values,
      Configuration configuration)
      throws IOException {
    this.schema = schema;
    this.values = values;
    this.start = start;
    this.end = start + length;
    writer = new GenericDatumWriter<>(schema);
    reader =
        new DataFileReader<>(new HdfsInput(file, configuration), new GenericDatumReader<>(schema));
    reader.sync(start);
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    try {
      if (!reader.hasNext() || reader.pastSync(end)) {
        return false;
      }
      datum = reader.next(datum);
      bytes.reset();
      Encoder encoder = encoder();
      writer.write(datum, encoder);
      encoder.flush();
    } catch (AvroRuntimeException e) {
      throw new IOException(e.getMessage(), e);
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
  public float progress() throws IOException {
    return end == start ? 1 : Math.min(1f, (reader.tell() - start) / (float) (end - start));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
