package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.format.spi.AvroValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/** One of Avro's encodings, without a schema. */
final class PlainRestorer implements Restorer {
  private final AvroValues encoding;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private BinaryEncoder binary;

  PlainRestorer(AvroValues encoding) {
    this.encoding = encoding;
  }

  @Override
  public void restore(
      Object datum, Schema schema, Schema plain, Integer id, String subject, ByteView into)
      throws BadContentException, IOException {
    bytes.reset();
    Encoder encoder = encoder(plain);
    new GenericDatumWriter<>(plain, AvroContent.PLAIN)
        .write(Narrowing.convert(datum, schema, plain, ""), encoder);
    encoder.flush();
    into.set(bytes.toByteArray());
  }

  private Encoder encoder(Schema schema) throws IOException {
    if (encoding == AvroValues.JSON) {
      return EncoderFactory.get().jsonEncoder(schema, bytes);
    }
    binary = EncoderFactory.get().binaryEncoder(bytes, binary);
    return binary;
  }
}
