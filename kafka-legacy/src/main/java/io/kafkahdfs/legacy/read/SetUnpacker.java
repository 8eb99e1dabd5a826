package io.kafkahdfs.legacy.read;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.record.ByteBufferInputStream;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.Compressor;

/**
 * Unpacks compressed sets, and takes no more memory for one than it has earned: a set of some
 * kilobytes can claim to hold gigabytes, and can even hold them.
 */
final class SetUnpacker {
  /** A set may be so many times as large unpacked as the largest fetch. */
  private static final int LARGEST_FETCHES = 4;

  /** How the stream of snappy-java begins, as Kafka's own producers write it. */
  private static final byte[] SNAPPY_STREAM = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};

  private static final int SNAPPY_HEADER = 16;

  /** Where a chunk's length is expected, the beginning of another stream. */
  private static final int JOINED_STREAM = 0x82534e41;

  /** No element of Snappy makes more than 64 bytes of 3. */
  private static final int SNAPPY_RATIO = 22;

  private final int maxFetchBytes;
  private final int mostBytes;

  SetUnpacker(int maxFetchBytes) {
    this.maxFetchBytes = maxFetchBytes;
    this.mostBytes = (int) Math.min(Integer.MAX_VALUE - 16, (long) LARGEST_FETCHES * maxFetchBytes);
  }

  /**
   * Unpacks a set.
   *
   * @param what names it in messages
   * @throws LoaderException if it is larger than a load's settings allow
   * @throws IOException if it cannot be unpacked
   */
  ByteBuffer unpack(byte[] array, int from, int length, CompressionType codec, String what)
      throws IOException {
    if (codec == CompressionType.SNAPPY) {
      checkSnappy(ByteBuffer.wrap(array, from, length).slice());
    }
    ByteBuffer compressed = ByteBuffer.wrap(array, from, length);
    try (InputStream in = Compressor.wrapForInput(new ByteBufferInputStream(compressed), codec)) {
      byte[] bytes = new byte[(int) Math.max(1024, Math.min(mostBytes, 4L * length))];
      int count = in.readNBytes(bytes, 0, bytes.length);
      while (count == bytes.length && count < mostBytes) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(mostBytes, 2L * count));
        count += in.readNBytes(bytes, count, bytes.length - count);
      }
      if (count == mostBytes && in.read() >= 0) {
        throw new LoaderException(
            ExitCode.WRONG_SETTING,
            what
                + " unpacks to more than "
                + mostBytes
                + " bytes: raise load.max.fetch.bytes (--max-fetch-bytes), now "
                + maxFetchBytes
                + ".");
      }
      return ByteBuffer.wrap(bytes, 0, count);
    } catch (RuntimeException e) {
      throw new IOException(e.toString(), e);
    }
  }

  /** snappy-java allocates what lengths claim; here they are held against what is there. */
  private static void checkSnappy(ByteBuffer stream) throws IOException {
    if (stream.remaining() < SNAPPY_HEADER
        || !stream.slice(0, SNAPPY_STREAM.length).equals(ByteBuffer.wrap(SNAPPY_STREAM))) {
      checkSnappyChunk(stream);
      return;
    }
    stream.position(SNAPPY_HEADER);
    while (stream.remaining() >= Integer.BYTES) {
      int length = stream.getInt();
      if (length == JOINED_STREAM) {
        stream.position(
            Math.min(stream.limit(), stream.position() + SNAPPY_HEADER - Integer.BYTES));
        continue;
      }
      if (length < 0 || length > stream.remaining()) {
        throw new IOException("a Snappy chunk of " + length + " bytes");
      }
      checkSnappyChunk(stream.slice(stream.position(), length));
      stream.position(stream.position() + length);
    }
  }

  /** A chunk begins with its length when it is unpacked, 7 bits a byte. */
  private static void checkSnappyChunk(ByteBuffer chunk) throws IOException {
    long unpacked = 0;
    for (int shift = 0; chunk.hasRemaining() && shift < 35; shift += 7) {
      byte bits = chunk.get();
      unpacked |= (long) (bits & 0x7f) << shift;
      if (bits >= 0) {
        break;
      }
    }
    if (unpacked > (long) SNAPPY_RATIO * chunk.remaining()) {
      throw new IOException(
          "a Snappy chunk of " + chunk.remaining() + " bytes that claims to hold " + unpacked);
    }
  }
}
