package io.kafkahdfs.examples;

import io.kafkahdfs.testkit.kafka.TestHeader;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

  /**
   * Adds also the time and the headers of a record.
   *
   * @param place where it stands among those of its partition
   */
  void add(long place, TestRecord record) {
    add(place, record.key(), record.value());
    long timestamp = record.timestamp().orElse(-1);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, timestamp));
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, record.headers().size()));
    for (TestHeader header : record.headers()) {
      add(header.key().getBytes(StandardCharsets.UTF_8));
      add(header.value());
    }
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
