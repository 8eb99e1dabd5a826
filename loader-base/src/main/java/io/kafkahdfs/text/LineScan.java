package io.kafkahdfs.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the bytes that do harm within a line, eight at a time. A byte of a word is sought by taking
 * it away from every byte and looking for a zero: {@code (w - 0x01..) & ~w & 0x80..} is not 0 if
 * there is one, and its lowest bit that is set belongs to the first one (<a
 * href="https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord">Bit Twiddling Hacks</a>).
 */
public final class LineScan {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long LINE_FEEDS = '\n' * ONES;
  private static final long RETURNS = '\r' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  private LineScan() {}

  /** Where the first line feed or carriage return in {@code [from, until)} stands, or -1. */
  public static int lineBreak(byte[] bytes, int from, int until) {
    int at = from;
    for (; at <= until - Long.BYTES; at += Long.BYTES) {
      long word = (long) WORDS.get(bytes, at);
      long found = (zeros(word ^ LINE_FEEDS) | zeros(word ^ RETURNS)) & HIGHS;
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    for (; at < until; at++) {
      if (bytes[at] == '\n' || bytes[at] == '\r') {
        return at;
      }
    }
    return -1;
  }

  /** Where the first line feed, carriage return or backslash in {@code [from, until)} is, or -1. */
  public static int lineBreakOrBackslash(byte[] bytes, int from, int until) {
    int at = from;
    for (; at <= until - Long.BYTES; at += Long.BYTES) {
      long word = (long) WORDS.get(bytes, at);
      long found =
          (zeros(word ^ LINE_FEEDS) | zeros(word ^ RETURNS) | zeros(word ^ BACKSLASHES)) & HIGHS;
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    for (; at < until; at++) {
      if (bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\\') {
        return at;
      }
    }
    return -1;
  }

  /** Has the high bit of the first byte set that is zero; lower bits mean nothing. */
  private static long zeros(long word) {
    return (word - ONES) & ~word;
  }
}
