package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.KafkaRecord;
import java.util.HexFormat;

/**
 * A copy of a record that was read, to compare.
 *
 * @param offset its offset
 * @param key its key in hexadecimal digits, or null
 * @param value likewise
 */
public record ReadRecord(long offset, String key, String value) {
  static ReadRecord of(KafkaRecord record) {
    return of(
        record.offset(), new TestRecord(record.key().toByteArray(), record.value().toByteArray()));
  }

  /** How a record that was sent looks when it is read. */
  public static ReadRecord of(long offset, TestRecord record) {
    return new ReadRecord(offset, hex(record.key()), hex(record.value()));
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }
}
