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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.kafka.common.record.CompressionType;

/**
 * Checks and unpacks what fetches bring of a range, from front to back. Kafka's own iterator would
 * make several objects for each message, and check nothing.
 *
 * <p>A fetch brings {@link MessageLayout messages}, one behind the other, the last one cut off
 * where the fetch size ended. A set can begin before the offset that was asked for.
 */
final class MessageSetParser {
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
    int whole = 0;
    try {
      while (position < range.until() && end - at >= MessageLayout.CRC) {
        whole = 0;
        int size = buffer.getInt(at + MessageLayout.SIZE);
        if (size < MessageLayout.LEAST_SIZE) {
          throw new BadMessageException("a size of " + size, position, null);
        }
        if (size > end - at - MessageLayout.CRC) {
          missing =
              size > Integer.MAX_VALUE - MessageLayout.CRC
                  ? Integer.MAX_VALUE
                  : size + MessageLayout.CRC;
          break;
        }
        whole = MessageLayout.CRC + size;
        long offset = buffer.getLong(at);
        if (offset >= readableEnd || (offset < position && position > before)) {
          throw new BadMessageException("the impossible offset " + offset, position, null);
        }
        if (offset >= position) {
          take(buffer, at, size, offset);
        }
        at += whole;
        if (chunkBytes >= batchBytes) {
          handOn(sink);
        }
      }
    } catch (BadMessageException e) {
      handOn(sink);
      long until = Math.min(Math.max(e.offset(), position) + 1, range.until());
      throw new DamagedRecordException(
          new OffsetRange(range.partition(), position, until),
          e.getMessage(),
          whole == 0 ? null : Arrays.copyOfRange(array, at, at + whole),
          e.getCause());
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
    sink.accept(new LegacyRecordBatch(range.partition(), chunks, position));
    chunks = new ArrayList<>();
    chunkBytes = 0;
  }

  private void take(ByteBuffer buffer, int at, int size, long offset)
      throws BadMessageException, LoaderException {
    CompressionType codec = MessageLayout.codec(buffer, at, offset);
    if (codec == CompressionType.NONE && offset > position) {
      // Offsets without records lie before it: should it be damaged, they are not.
      position = Math.min(offset, range.until());
    }
    if (position == range.until()) {
      return;
    }
    crc.reset();
    crc.update(buffer.array(), at + MessageLayout.MAGIC, size - Integer.BYTES);
    if ((int) crc.getValue() != buffer.getInt(at + MessageLayout.CRC)) {
      throw new BadMessageException("a wrong checksum", offset, null);
    }
    int value = MessageLayout.valueOf(buffer, at, at + MessageLayout.CRC + size, offset);
    if (codec == CompressionType.NONE) {
      add(buffer.array(), at, at + MessageLayout.CRC + size);
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
    while (at < end) {
      int size = end - at < MessageLayout.CRC ? 0 : buffer.getInt(at + MessageLayout.SIZE);
      if (size < MessageLayout.LEAST_SIZE || size > end - at - MessageLayout.CRC) {
        throw new BadMessageException("a set that ends within a message", wrapperOffset, null);
      }
      long offset = buffer.getLong(at);
      if (offset <= previous || offset > wrapperOffset) {
        throw new BadMessageException("a set whose offsets are in disorder", wrapperOffset, null);
      }
      if (MessageLayout.codec(buffer, at, wrapperOffset) != CompressionType.NONE) {
        throw new BadMessageException("a set within a set", wrapperOffset, null);
      }
      MessageLayout.valueOf(buffer, at, at + MessageLayout.CRC + size, wrapperOffset);
      int next = at + MessageLayout.CRC + size;
      if (offset >= position && offset < range.until()) {
        from = from < 0 ? at : from;
        until = next;
      }
      previous = offset;
      at = next;
    }
    if (from >= 0) {
      add(buffer.array(), from, until);
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
}
