package io.kafkahdfs.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A stretch of somebody else's byte array, or null. It is moved from record to record and never
 * copies, unless asked to. Not for several threads.
 */
public final class ByteView {
  private static final byte[] NOTHING = {};

  private byte[] array = NOTHING;
  private int offset;
  private int length = -1;

  /**
   * Shows a stretch of an array.
   *
   * @throws IndexOutOfBoundsException if the stretch is not within the array
   */
  public void set(byte[] newArray, int newOffset, int newLength) {
    java.util.Objects.checkFromIndexSize(newOffset, newLength, newArray.length);
    array = newArray;
    offset = newOffset;
    length = newLength;
  }

  /** Shows what another view shows now. */
  public void showSameAs(ByteView other) {
    array = other.array;
    offset = other.offset;
    length = other.length;
  }

  /** Shows a whole array; null shows null. */
  public void set(byte[] bytes) {
    if (bytes == null) {
      setNull();
    } else {
      set(bytes, 0, bytes.length);
    }
  }

  public void setNull() {
    array = NOTHING;
    offset = 0;
    length = -1;
  }

  public boolean isNull() {
    return length < 0;
  }

  /** The array that holds the bytes, from {@link #offset()} on. Not to be changed. */
  public byte[] array() {
    return array;
  }

  public int offset() {
    return offset;
  }

  /** How many bytes, 0 for null. */
  public int length() {
    return Math.max(0, length);
  }

  /** A copy of the bytes, or null. */
  public byte[] toByteArray() {
    return isNull() ? null : Arrays.copyOfRange(array, offset, offset + length);
  }

  /** The bytes read as UTF-8, or "null". */
  @Override
  public String toString() {
    return isNull() ? "null" : new String(array, offset, length, StandardCharsets.UTF_8);
  }
}
