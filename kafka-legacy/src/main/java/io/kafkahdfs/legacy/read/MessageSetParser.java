package io.kafkahdfs.legacy.read;

import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.UnpackFailure;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.legacy.read.LegacyRecordBatch.Chunk;
import io.kafkahdfs.offset.OffsetRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.kafka.common.record.CompressionType;

/**
 * Checks and unpacks what fetches bring of a range, from front to back. Kafka's own iterator would
 * make several objects for each message, and check nothing.
 *
 * <p>A fetch brings messages of this form, one behind the other, the last one cut off where the
 * fetch size ended; numbers are big-endian:
 *
 * <pre>
 *   offset int64 | size int32 | crc int32 | magic int8 | attributes int8 | key | value
 * </pre>
 *
 * <p>The size counts from the crc on, the crc covers what follows it. Key and value are a length
 * (int32, -1 for null) and bytes. The lowest bits of the attributes name a codec: the value is then
 * a compressed row of messages of the same form, and the offset is that of the last of them. So a
 * set can begin before the offset that was asked for.
 *
 * @see <a
 *     href="https://cwiki.apache.org/confluence/display/KAFKA/A+Guide+To+The+Kafka+Protocol#AGuideToTheKafkaProtocol-Messagesets">Message
 *     sets</a>
 */
final class MessageSetParser {
  /** Where a message's key begins, from where the message begins. */
  static final int KEY = 18;

  private static final int SIZE = 8;
  private static final int CRC = 12;
  private static final int MAGIC = 16;
  private static final int ATTRIBUTES = 17;
  private static final int CODEC_MASK = 0x07;

  /** The size of a message whose key and value are null or empty. */
  private static final int LEAST_SIZE = 14;

  private final OffsetRange range;
  private final int batchBytes;
  private final SetUnpacker unpacker;
  private final CRC32 crc = new CRC32();
  private long position;
  private long handedOn;
  private List<Chunk> chunks = new ArrayList<>();

  /** The chunk that may still grow: an object for each message would cost more than the message. */
  private byte[] openArray;

  private int openFrom;
  private int openUntil;
  private long chunkBytes;
  private long payloadBytes;

  /** Takes batches, in their order. */
  @FunctionalInterface
  interface Sink {
    void accept(LegacyRecordBatch batch) throws InterruptedException;
  }

  /**
   * @param settings batches should hold at most {@code fetchBytes} bytes, but one compressed set
   *     may exceed that
   */
  MessageSetParser(OffsetRange range, ReadSettings settings) {
    this.range = range;
    this.batchBytes = settings.fetchBytes();
    this.unpacker = new SetUnpacker(settings.maxFetchBytes());
    this.position = range.from();
    this.handedOn = range.from();
  }

  /** The first offset that was not handed on yet. */
  long position() {
    return position;
  }

  /**
   * Takes what one fetch brought, and hands it on.
   *
   * @param readableEnd the partition's end at that time: no offset in the set can be beyond.
   *     Offsets are in no checksum, and one that is too high would look like a long gap.
   * @return 0 if the position moved; else how many bytes must be fetched for it to move, at least
   * @throws DamagedRecordException if it comes to a message that is not what was sent; what stands
   *     before it has been handed on
   * @throws LoaderException also if a compressed set is larger than the settings allow, or this
   *     machine cannot unpack it
   */
  int parse(ByteBuffer set, long readableEnd, Sink sink)
      throws LoaderException, InterruptedException {
    byte[] array = set.array();
    ByteBuffer buffer = ByteBuffer.wrap(array);
    int at = set.arrayOffset() + set.position();
    int end = set.arrayOffset() + set.limit();
    long before = position;
    int missing = end - at + 1;
    try {
      while (position < range.until() && end - at >= CRC) {
        int size = buffer.getInt(at + SIZE);
        if (size < LEAST_SIZE) {
          throw new BadMessageException("a size of " + size, position, null);
        }
        if (size > end - at - CRC) {
          missing = size > Integer.MAX_VALUE - CRC ? Integer.MAX_VALUE : size + CRC;
          break;
        }
        long offset = buffer.getLong(at);
        if (offset >= readableEnd || (offset < position && position > before)) {
          throw new BadMessageException("the impossible offset " + offset, position, null);
        }
        if (offset >= position) {
          take(buffer, at, size, offset);
        }
        at += CRC + size;
        if (chunkBytes >= batchBytes) {
          handOn(sink);
        }
      }
    } catch (BadMessageException e) {
      handOn(sink);
      long until = Math.min(Math.max(e.offset, position) + 1, range.until());
      throw new DamagedRecordException(
          new OffsetRange(range.partition(), position, until), e.getMessage(), e.getCause());
    }
    if (position == before) {
      return missing;
    }
    handOn(sink);
    return 0;
  }

  private void handOn(Sink sink) throws InterruptedException {
    if (position == handedOn) {
      return;
    }
    handedOn = position;
    closeChunk();
    sink.accept(new LegacyRecordBatch(range.partition(), chunks, position, payloadBytes));
    chunks = new ArrayList<>();
    chunkBytes = 0;
    payloadBytes = 0;
  }

  private void take(ByteBuffer buffer, int at, int size, long offset)
      throws BadMessageException, LoaderException {
    CompressionType codec = codec(buffer, at, offset);
    if (codec == CompressionType.NONE && offset > position) {
      // Offsets without records lie before it: should it be damaged, they are not.
      position = Math.min(offset, range.until());
    }
    if (position == range.until()) {
      return;
    }
    crc.reset();
    crc.update(buffer.array(), at + MAGIC, size - Integer.BYTES);
    if ((int) crc.getValue() != buffer.getInt(at + CRC)) {
      throw new BadMessageException("a wrong checksum", offset, null);
    }
    int value = valueOf(buffer, at, at + CRC + size, offset);
    if (codec == CompressionType.NONE) {
      add(buffer.array(), at, at + CRC + size);
      payloadBytes += size - LEAST_SIZE;
      position = offset + 1;
    } else {
      takeInner(unpack(buffer, value, codec, offset), offset);
      position = Math.min(offset + 1, range.until());
    }
  }

  /** Takes what is wanted of the messages that were compressed into the one at an offset. */
  private void takeInner(ByteBuffer buffer, long wrapperOffset) throws BadMessageException {
    int end = buffer.limit();
    int at = 0;
    int from = -1;
    int until = -1;
    long previous = -1;
    long bytes = 0;
    while (at < end) {
      int size = end - at < CRC ? 0 : buffer.getInt(at + SIZE);
      if (size < LEAST_SIZE || size > end - at - CRC) {
        throw new BadMessageException("a set that ends within a message", wrapperOffset, null);
      }
      long offset = buffer.getLong(at);
      if (offset <= previous || offset > wrapperOffset) {
        throw new BadMessageException("a set whose offsets are in disorder", wrapperOffset, null);
      }
      if (codec(buffer, at, wrapperOffset) != CompressionType.NONE) {
        throw new BadMessageException("a set within a set", wrapperOffset, null);
      }
      valueOf(buffer, at, at + CRC + size, wrapperOffset);
      int next = at + CRC + size;
      if (offset >= position && offset < range.until()) {
        from = from < 0 ? at : from;
        until = next;
        bytes += size - LEAST_SIZE;
      }
      previous = offset;
      at = next;
    }
    if (from >= 0) {
      add(buffer.array(), from, until);
      payloadBytes += bytes;
    }
  }

  /** Grows the open chunk if the messages follow on it, or opens another. */
  private void add(byte[] array, int from, int until) {
    chunkBytes += until - from;
    if (array != openArray || from != openUntil) {
      closeChunk();
      openArray = array;
      openFrom = from;
    }
    openUntil = until;
  }

  private void closeChunk() {
    if (openArray != null) {
      chunks.add(new Chunk(openArray, openFrom, openUntil));
      openArray = null;
    }
  }

  private static CompressionType codec(ByteBuffer buffer, int at, long offset)
      throws BadMessageException {
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
  private static int valueOf(ByteBuffer buffer, int at, int end, long offset)
      throws BadMessageException {
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

  private ByteBuffer unpack(ByteBuffer buffer, int value, CompressionType codec, long offset)
      throws BadMessageException, LoaderException {
    int length = buffer.getInt(value);
    if (length < 0) {
      throw new BadMessageException("a compressed set of no bytes", offset, null);
    }
    try {
      String what = "The compressed set at offset " + offset + " of " + range.partition();
      return unpacker.unpack(buffer.array(), value + Integer.BYTES, length, codec, what);
    } catch (LoaderException e) {
      throw e;
    } catch (IOException e) {
      Optional<LoaderException> ours = UnpackFailure.notOfTheRecords(e, range.partition(), offset);
      if (ours.isPresent()) {
        throw ours.get();
      }
      throw new BadMessageException("a set that cannot be unpacked: " + e.getMessage(), offset, e);
    }
  }

  /** A message that nobody sent like this; its message says what it has. */
  private static final class BadMessageException extends Exception {
    private final long offset;

    BadMessageException(String what, long offset, Throwable cause) {
      super(what, cause);
      this.offset = offset;
    }
  }
}
