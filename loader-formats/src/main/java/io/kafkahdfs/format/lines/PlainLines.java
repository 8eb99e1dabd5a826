package io.kafkahdfs.format.lines;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.format.spi.NoTextException;
import io.kafkahdfs.text.LineScan;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Lines of a file, the same as Hadoop's own reader finds: ended by a line feed, a carriage return
 * or both, without a UTF-8 byte order mark at the file's beginning. Hadoop's looks at one byte at a
 * time and copies each line, which takes half of an export's own time.
 */
final class PlainLines implements Lines {
  private static final int BUFFER_BYTES = 1 << 20;

  /** No more than this process has room for beside all else. */
  private static final int LONGEST_LINE =
      (int)
          Math.min(Integer.MAX_VALUE - 8, Math.max(64 << 20, Runtime.getRuntime().maxMemory() / 4));

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream in;
  private final long start;
  private final long end;
  private byte[] buffer;

  /** Where in the file the buffer begins. */
  private long bufferStart;

  private int at;
  private int limit;
  private boolean ended;

  /** The file's first line begins at 0, also if a byte order mark is passed over. */
  private boolean first;

  /**
   * The lines of a stretch of a file that is not compressed.
   *
   * @param kinds whether a file that seems to be no text is refused
   */
  static PlainLines stretch(
      Path file, long start, long length, boolean kinds, Configuration configuration)
      throws IOException {
    FSDataInputStream in = file.getFileSystem(configuration).open(file);
    try {
      in.seek(start);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
    return new PlainLines(in, start, length, BUFFER_BYTES, kinds);
  }

  /** All lines of what a stream has, such as one that is unpacked on the way; closed with this. */
  static PlainLines all(InputStream in, boolean kinds) throws IOException {
    return new PlainLines(in, 0, Long.MAX_VALUE, BUFFER_BYTES, kinds);
  }

  /**
   * @param in stands where the stretch begins; closed with this
   * @param bufferBytes at least 4
   */
  PlainLines(InputStream in, long start, long length, int bufferBytes, boolean kinds)
      throws IOException {
    this.in = in;
    this.start = start;
    this.end = start + length;
    this.buffer = new byte[bufferBytes];
    this.bufferStart = start;
    this.first = start == 0;
    try {
      if (start == 0) {
        lookAtBeginning(kinds);
      } else {
        // It is the last one of the stretch before this, even if it begins exactly here.
        skipLine();
      }
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public boolean next(ByteView into) throws IOException {
    if (bufferStart + at > end && !first) {
      return false;
    }
    first = false;
    return line(into);
  }

  private boolean line(ByteView into) throws IOException {
    int scanned = 0;
    while (true) {
      int found = LineScan.lineBreak(buffer, at + scanned, limit);
      if (found >= 0) {
        int length = found - at;
        int after = length + 1;
        if (buffer[found] == '\r') {
          if (found + 1 == limit) {
            fill();
          }
          if (at + after < limit && buffer[at + after] == '\n') {
            after++;
          }
        }
        into.set(buffer, at, length);
        at += after;
        return true;
      }
      scanned = limit - at;
      if (!fill()) {
        into.set(buffer, at, scanned);
        at = limit;
        return scanned > 0;
      }
    }
  }

  private void skipLine() throws IOException {
    line(new ByteView());
  }

  private void lookAtBeginning(boolean kinds) throws IOException {
    int wanted = kinds ? FileKind.BYTES : BYTE_ORDER_MARK.length;
    while (limit < wanted && fill()) {
      // Until there are enough bytes, or no more.
    }
    Optional<FileKind> kind = kinds ? FileKind.of(buffer, limit) : Optional.empty();
    if (kind.isPresent()) {
      throw new NoTextException(kind.get().name(), kind.get().wayOut());
    }
    int mark = BYTE_ORDER_MARK.length;
    if (limit >= mark && Arrays.equals(buffer, 0, mark, BYTE_ORDER_MARK, 0, mark)) {
      at = mark;
    }
  }

  /** Reads more behind what is not dealt with, which moves to the buffer's beginning. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (at > 0) {
      System.arraycopy(buffer, at, buffer, 0, limit - at);
      bufferStart += at;
      limit -= at;
      at = 0;
    }
    if (limit == buffer.length) {
      if (limit == LONGEST_LINE) {
        throw new IOException(
            "the line at byte "
                + bufferStart
                + " is longer than "
                + (LONGEST_LINE >> 20)
                + " MiB, a quarter of this process's memory");
      }
      buffer = Arrays.copyOf(buffer, (int) Math.min(LONGEST_LINE, 2L * limit));
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    if (count < 0) {
      ended = true;
      return false;
    }
    limit += count;
    return true;
  }

  @Override
  public float progress() {
    return end == start ? 1 : Math.min(1f, (bufferStart + at - start) / (float) (end - start));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
