package io.kafkahdfs.examples;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a partition holds, in a few bytes: how many records, and a checksum of all their offsets,
 * keys and values in their order. Two are the same only if every record is there, once, byte for
 * byte.
 */
final class Fingerprint {
  private final MessageDigest digest;
  private long records;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  long records() {
    return records;
  }

  /**
   * @param key may be null, which is not the same as an empty one; likewise the value
   */
  void add(long offset, byte[] key, byte[] value) {
    records++;
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, offset));
    add(key);
    add(value);
  }

  private void add(byte[] bytes) {
    int length = bytes == null ? -1 : bytes.length;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
    if (bytes != null) {
      digest.update(bytes);
    }
  }

  /** The checksum of what was added so far; more can be added. */
  String checksum() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's own SHA-256 can be copied", e);
    }
  }
}
