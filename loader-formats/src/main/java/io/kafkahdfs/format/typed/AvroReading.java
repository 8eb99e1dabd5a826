package io.kafkahdfs.format.typed;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.format.io.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads Avro's binary encoding, written with one schema, by another one.
 *
 * <p>Avro 1.12 holds the count of an array or a map against the bytes that are left, by the size
 * that the smallest item of the schema to read by would have: items that have become wider are
 * refused, sound as they are. Such data is read by its own schema first, which tells that it is
 * sound, and then as a stream, whose end is not known so that nothing is refused.
 */
final class AvroReading implements Content.Reading {
  private final Content.Written written;
  private final int headBytes;
  private final GenericDatumReader<Object> reader;
  private final GenericDatumReader<Object> own;
  private final boolean widens;
  private boolean refused;
  private BinaryDecoder bounded;
  private BinaryDecoder unbounded;

  /**
   * @param headBytes how many bytes stand before the data
   */
  AvroReading(Content.Written written, Schema schema, int headBytes) {
    this.written = written;
    this.headBytes = headBytes;
    // Avro keeps what it has made of a schema for as long as there is the model.
    GenericData model = new GenericData();
    this.reader = new GenericDatumReader<>(written.schema(), schema, model);
    this.own = new GenericDatumReader<>(written.schema(), written.schema(), model);
    this.widens = !written.schema().equals(schema);
  }

  @Override
  public Object read(ByteView bytes, Object old) throws BadContentException {
    if (refused) {
      return readSound(bytes, old);
    }
    try {
      return readBounded(reader, bytes, old);
    } catch (BadContentException e) {
      if (!widens) {
        throw e;
      }
      Object read = readSound(bytes, old);
      refused = true;
      return read;
    }
  }

  @Override
  public boolean showEncoded(ByteView bytes, ByteView encoded) {
    if (!widens) {
      encoded.set(bytes.array(), bytes.offset() + headBytes, bytes.length() - headBytes);
    }
    return !widens;
  }

  private Object readSound(ByteView bytes, Object old) throws BadContentException {
    readBounded(own, bytes, null);
    ByteArrayInputStream in =
        new ByteArrayInputStream(
            bytes.array(), bytes.offset() + headBytes, bytes.length() - headBytes);
    unbounded = DecoderFactory.get().directBinaryDecoder(in, unbounded);
    try {
      return reader.read(old, unbounded);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw unfit(e);
    }
  }

  private Object readBounded(GenericDatumReader<Object> by, ByteView bytes, Object old)
      throws BadContentException {
    bounded =
        DecoderFactory.get()
            .binaryDecoder(
                bytes.array(), bytes.offset() + headBytes, bytes.length() - headBytes, bounded);
    boolean ended;
    Object read;
    try {
      read = by.read(old, bounded);
      ended = bounded.isEnd();
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw unfit(e);
    }
    if (!ended) {
      throw new BadContentException("is longer than its schema" + Widening.ofId(written) + " says");
    }
    return read;
  }

  private BadContentException unfit(Throwable e) {
    return new BadContentException(
        "does not fit its schema" + Widening.ofId(written) + ": " + Reason.of(e));
  }
}
