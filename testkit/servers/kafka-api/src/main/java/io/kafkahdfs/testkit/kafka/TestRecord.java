package io.kafkahdfs.testkit.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * A record to send.
 *
 * @param key may be null
 * @param value may be null
 * @param timestamp when it was made, in milliseconds since 1970; the producer's present if empty.
 *     Brokers without {@link Capability#TIMESTAMPS} take none.
 * @param headers not for brokers without {@link Capability#HEADERS}
 */
public record TestRecord(
    byte[] key, byte[] value, OptionalLong timestamp, List<TestHeader> headers) {

  /** A record without headers, made now. */
  public TestRecord(byte[] key, byte[] value) {
    this(key, value, OptionalLong.empty(), List.of());
  }

  /** A record of texts, each of which may be null. */
  public static TestRecord of(String key, String value) {
    return new TestRecord(utf8(key), utf8(value));
  }

  /** The same record, made at a time. */
  public TestRecord at(long newTimestamp) {
    return new TestRecord(key, value, OptionalLong.of(newTimestamp), headers);
  }

  /** The same record with these headers. */
  public TestRecord with(TestHeader... newHeaders) {
    return new TestRecord(key, value, timestamp, List.of(newHeaders));
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
