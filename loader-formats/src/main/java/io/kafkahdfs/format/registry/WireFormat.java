package io.kafkahdfs.format.registry;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How serializers that use a schema registry begin a key or a value: a byte 0, the schema's id in
 * four bytes, the highest first, and then the data in Avro's binary encoding.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">Wire
 *     format</a>
 */
public final class WireFormat {
  /** How many bytes stand before the data. */
  public static final int HEAD_BYTES = 1 + Integer.BYTES;

  private static final byte MAGIC = 0;

  private WireFormat() {}

  /**
   * What is wrong with the beginning of some bytes.
   *
   * @return to follow a record's place: "is ...", "has ..."; empty if {@link #id} may be called
   */
  public static Optional<String> fault(byte[] array, int offset, int length) {
    if (length < HEAD_BYTES) {
      return Optional.of(
          "is shorter than the "
              + HEAD_BYTES
              + " bytes of a schema's id (it has "
              + length
              + "), so it was not written with a schema registry");
    }
    if (array[offset] != MAGIC) {
      return Optional.of(
          "begins with the byte "
              + Byte.toUnsignedInt(array[offset])
              + ", not 0, so it was not written with a schema registry");
    }
    return Optional.empty();
  }

  /** The id at the beginning of bytes that have no {@link #fault}. Data of any kind may follow. */
  public static int id(byte[] array, int offset) {
    return ByteBuffer.wrap(array, offset + 1, Integer.BYTES).getInt();
  }

  /** Writes the beginning, {@link #HEAD_BYTES} long. */
  public static void putHead(int id, byte[] into, int offset) {
    ByteBuffer.wrap(into, offset, HEAD_BYTES).put(MAGIC).putInt(id);
  }
}
