package io.kafkahdfs.testkit.kafka;

import java.nio.charset.StandardCharsets;

/**
 * A record to send.
 *
 * @param key may be null
 * @param value may be null
 */
public record TestRecord(byte[] key, byte[] value) {

  /** A record of texts, each of which may be null. */
  public static TestRecord of(String key, String value) {
    return new TestRecord(utf8(key), utf8(value));
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
