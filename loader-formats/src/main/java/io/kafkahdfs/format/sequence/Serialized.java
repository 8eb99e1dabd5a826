package io.kafkahdfs.format.sequence;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Bytes that are read again and again into the same room. It grows with what is there, not with
 * what a length says that there is.
 */
final class Serialized {
  private static final int FIRST_BYTES = 64 << 10;

  /** No more than this process has room for beside all else. */
  private static final int MOST =
      (int)
          Math.min(Integer.MAX_VALUE - 8, Math.max(64 << 20, Runtime.getRuntime().maxMemory() / 4));

  private byte[] bytes = new byte[0];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /**
   * Reads so many bytes.
   *
   * @throws IOException if there are fewer, or there is no room for them
   */
  void read(InputStream in, int count) throws IOException {
    if (count < 0 || count > MOST) {
      throw new IOException("something in it has " + count + " bytes");
    }
    length = 0;
    while (length < count) {
      grow(count);
      int more = in.read(bytes, length, Math.min(bytes.length, count) - length);
      if (more < 0) {
        throw new EOFException("something in it has " + length + " bytes, not " + count);
      }
      length += more;
    }
  }

  /**
   * Reads all that there is.
   *
   * @throws IOException if there is no room for it
   */
  void readAll(InputStream in) throws IOException {
    length = 0;
    while (true) {
      grow(MOST);
      int more = in.read(bytes, length, bytes.length - length);
      if (more < 0) {
        return;
      }
      length += more;
      if (length == MOST) {
        throw new IOException("something in it has more than " + MOST + " bytes");
      }
    }
  }

  private void grow(int most) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(most, Math.max(FIRST_BYTES, 2L * length)));
    }
  }
}
