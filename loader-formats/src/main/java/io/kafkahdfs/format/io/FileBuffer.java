package io.kafkahdfs.format.io;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Collects small writes to large ones, passes large ones on uncopied, and counts. Unlike {@link
 * java.io.BufferedOutputStream} it takes no lock for each write.
 */
public final class FileBuffer extends OutputStream {
  public static final int SIZE = 64 * 1024;

  private final OutputStream out;
  private final byte[] buffer = new byte[SIZE];
  private int used;
  private long passedOn;
  private boolean closed;

  public FileBuffer(OutputStream out) {
    this.out = out;
  }

  /** How many bytes were written to this stream, buffered ones included. */
  public long count() {
    return passedOn + used;
  }

  @Override
  public void write(int b) throws IOException {
    if (used == SIZE) {
      passOn();
    }
    buffer[used++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > SIZE - used) {
      passOn();
      if (length >= SIZE) {
        out.write(bytes, offset, length);
        passedOn += length;
        return;
      }
    }
    System.arraycopy(bytes, offset, buffer, used, length);
    used += length;
  }

  @Override
  public void flush() throws IOException {
    passOn();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      passOn();
    }
  }

  private void passOn() throws IOException {
    if (used > 0) {
      out.write(buffer, 0, used);
      passedOn += used;
      used = 0;
    }
  }
}
