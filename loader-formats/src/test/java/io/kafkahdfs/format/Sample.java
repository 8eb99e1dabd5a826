package io.kafkahdfs.format;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.offset.PartitionId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A record to write, and to hold against what is read back. */
public record Sample(
    long offset,
    byte[] key,
    byte[] value,
    long timestamp,
    TimestampType timestampType,
    List<RecordHeader> headers) {
  public static final PartitionId PARTITION = new PartitionId("clicks.eu-west_1", 7);

  public static Sample of(long offset, byte[] key, byte[] value) {
    return new Sample(offset, key, value, 1_700_000_000_123L, TimestampType.CREATE_TIME, List.of());
  }

  /** All that a record can be. */
  public static List<Sample> variety() {
    byte[] empty = {};
    return List.of(
        of(0, utf8("key"), utf8("value")),
        of(1, null, utf8("no key")),
        of(2, utf8("no value"), null),
        of(3, null, null),
        of(4, empty, empty),
        of(5, utf8("Schlüssel"), utf8("Grüße, 世界, 🚀")),
        of(6, everyByte(), everyByte()),
        of(7, new byte[300], new byte[70_000]),
        new Sample(
            8, utf8("k"), utf8("old"), KafkaRecord.NO_TIMESTAMP, TimestampType.NONE, List.of()),
        new Sample(9, utf8("k"), utf8("v"), 0, TimestampType.LOG_APPEND_TIME, List.of()),
        new Sample(10, utf8("k"), utf8("v"), Long.MAX_VALUE, TimestampType.CREATE_TIME, List.of()),
        new Sample(
            11,
            utf8("k"),
            utf8("converted from an old message format"),
            KafkaRecord.NO_TIMESTAMP,
            TimestampType.CREATE_TIME,
            List.of()),
        new Sample(
            Long.MAX_VALUE - 1,
            utf8("k"),
            utf8("headers"),
            1,
            TimestampType.CREATE_TIME,
            List.of(
                new RecordHeader("trace", utf8("1")),
                new RecordHeader("trace", null),
                new RecordHeader("größe", everyByte()),
                new RecordHeader("", empty))));
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  /** The record, its key and value amid line breaks and backslashes that are not theirs. */
  public KafkaRecord record() {
    KafkaRecord record = new KafkaRecord();
    record.setPosition(PARTITION, offset);
    record.setTimestamp(timestamp, timestampType);
    record.setHeaders(headers);
    show(record.key(), key);
    show(record.value(), value);
    return record;
  }

  private static void show(ByteView view, byte[] bytes) {
    if (bytes == null) {
      view.setNull();
      return;
    }
    byte[] surroundings = new byte[bytes.length + 24];
    Arrays.fill(surroundings, (byte) '\n');
    surroundings[10] = '\\';
    surroundings[bytes.length + 11] = '\r';
    System.arraycopy(bytes, 0, surroundings, 11, bytes.length);
    view.set(surroundings, 11, bytes.length);
  }
}
