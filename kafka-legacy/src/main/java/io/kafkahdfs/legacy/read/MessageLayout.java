package io.kafkahdfs.legacy.read;

import java.nio.ByteBuffer;
import org.apache.kafka.common.record.CompressionType;

/**
 * How a message of a set is laid out; numbers are big-endian:
 *
 * <pre>
 *   offset int64 | size int32 | crc int32 | magic int8 | attributes int8 | key | value
 * </pre>
 *
 * <p>The size counts from the crc on, the crc covers what follows it. Key and value are a length
 * (int32, -1 for null) and bytes. The lowest bits of the attributes name a codec: the value is then
 * a compressed row of messages of the same form, and the offset is that of the last of them.
 *
 * @see <a
 *     href="https://cwiki.apache.org/confluence/display/KAFKA/A+Guide+To+The+Kafka+Protocol#AGuideToTheKafkaProtocol-Messagesets">Message
 *     sets</a>
 */
final class MessageLayout {
  // Where each part begins, from where the message begins.
  static final int SIZE = 8;
  static final int CRC = 12;
  static final int MAGIC = 16;
  private static final int ATTRIBUTES = 17;
  static final int KEY = 18;

  /** The size of a message whose key and value are null or empty. */
  static final int LEAST_SIZE = 14;

  private static final int CODEC_MASK = 0x07;

  private MessageLayout() {}

  /**
   * The codec of a message's value.
   *
   * @param at where the message begins
   * @param offset the message's, for the exception
   */
  static CompressionType codec(ByteBuffer buffer, int at, long offset) throws BadMessageException {
    byte magic = buffer.get(at + MAGIC);
    if (magic != 0) {
      throw new BadMessageException("message format " + magic, offset, null);
    }
    int codec = buffer.get(at + ATTRIBUTES) & CODEC_MASK;
    return switch (codec) {
      case 0 -> CompressionType.NONE;
      case 1 -> CompressionType.GZIP;
      case 2 -> CompressionType.SNAPPY;
      case 3 -> CompressionType.LZ4;
      default -> throw new BadMessageException("the unknown codec " + codec, offset, null);
    };
  }

  /** Where a message's value begins, with its length; checks that all lengths fit. */
  static int valueOf(ByteBuffer buffer, int at, int end, long offset) throws BadMessageException {
    int value = behind(buffer, at + KEY, end, offset);
    if (behind(buffer, value, end, offset) != end) {
      throw new BadMessageException("bytes behind its value", offset, null);
    }
    return value;
  }

  private static int behind(ByteBuffer buffer, int index, int end, long offset)
      throws BadMessageException {
    if (end - index >= Integer.BYTES) {
      int length = buffer.getInt(index);
      int start = index + Integer.BYTES;
      if (length >= -1 && length <= end - start) {
        return start + Math.max(0, length);
      }
    }
    throw new BadMessageException("a key or value longer than the message", offset, null);
  }
}
