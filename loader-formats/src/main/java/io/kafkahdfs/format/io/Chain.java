package io.kafkahdfs.format.io;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * The blocks of a file that has a mark before each one, drawn for the file, so that reading can
 * begin in its middle. A block begins with its mark, and belongs to the stretch in which it begins.
 */
public interface Chain {
  /** Where the first block begins; the file's length if there is none. */
  long first();

  /**
   * Where the next block begins, or the file's length.
   *
   * @param block where a block begins
   * @throws IOException if there is none, or it is damaged or cut short
   */
  long next(long block) throws IOException;

  /**
   * Where the first block begins that does not begin before a byte, or the file's length. A record
   * that has the mark in its data is not taken for a block, and neither is damage passed over: what
   * looks wrong is looked at from the file's beginning on.
   *
   * @param mark what each block but the first begins with
   * @throws IOException if the file is damaged before that block
   */
  default long from(long start, FSDataInputStream in, byte[] mark, long fileLength)
      throws IOException {
    if (start <= first()) {
      return first();
    }
    long found = find(in, mark, start);
    if (found < 0 || found + mark.length >= fileLength) {
      return fileLength;
    }
    if (isBlock(found)) {
      return found;
    }
    long block = first();
    while (block < start) {
      block = next(block);
    }
    return block;
  }

  private boolean isBlock(long position) {
    try {
      next(position);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where a pattern begins for the first time from a byte on, or -1. */
  private static long find(FSDataInputStream in, byte[] pattern, long start) throws IOException {
    in.seek(start);
    byte[] buffer = new byte[64 << 10];
    long bufferStart = start;
    int limit = 0;
    while (true) {
      int count = in.read(buffer, limit, buffer.length - limit);
      if (count < 0) {
        return -1;
      }
      limit += count;
      int last = limit - pattern.length;
      for (int at = 0; at <= last; at++) {
        if (java.util.Arrays.equals(buffer, at, at + pattern.length, pattern, 0, pattern.length)) {
          return bufferStart + at;
        }
      }
      int kept = Math.min(limit, pattern.length - 1);
      System.arraycopy(buffer, limit - kept, buffer, 0, kept);
      bufferStart += limit - kept;
      limit = kept;
    }
  }
}
