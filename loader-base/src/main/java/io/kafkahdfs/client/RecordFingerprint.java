package io.kafkahdfs.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a record is recognized by when it is looked at again. What a client or a broker did not know
 * of the record is null and not compared, so brokers and message formats can be upgraded meanwhile.
 *
 * @param offset where it stands in its partition
 * @param crc32c the CRC-32C of its key and value, 8 hexadecimal digits
 * @param timestamp milliseconds since 1970 UTC; null if it has none (before Kafka 0.10)
 * @param leaderEpoch the epoch of the leader that appended it; null if it is not known (before
 *     Kafka 0.11)
 */
public record RecordFingerprint(long offset, String crc32c, Long timestamp, Integer leaderEpoch) {

  /** The fingerprint of a record as it was read. */
  public static RecordFingerprint of(KafkaRecord record) {
    return of(
        record.offset(), record.key(), record.value(), record.timestamp(), record.leaderEpoch());
  }

  /**
   * @param timestamp may be {@link KafkaRecord#NO_TIMESTAMP}
   * @param leaderEpoch may be {@link KafkaRecord#NO_LEADER_EPOCH}
   */
  public static RecordFingerprint of(
      long offset, ByteView key, ByteView value, long timestamp, int leaderEpoch) {
    CRC32C crc = new CRC32C();
    add(crc, key);
    add(crc, value);
    return new RecordFingerprint(
        offset,
        String.format("%08x", crc.getValue()),
        timestamp == KafkaRecord.NO_TIMESTAMP ? null : timestamp,
        leaderEpoch == KafkaRecord.NO_LEADER_EPOCH ? null : leaderEpoch);
  }

  /** With its length in front, -1 for null, as Kafka stores it: null is not empty. */
  private static void add(CRC32C crc, ByteView bytes) {
    int length = bytes.isNull() ? -1 : bytes.length();
    for (int shift = 24; shift >= 0; shift -= 8) {
      crc.update(length >> shift);
    }
    crc.update(bytes.array(), bytes.offset(), bytes.length());
  }

  /** Whether nothing that is known of both tells them apart. */
  public boolean mayBeSameAs(RecordFingerprint other) {
    return offset == other.offset
        && crc32c.equals(other.crc32c)
        && mayBeSame(timestamp, other.timestamp)
        && mayBeSame(leaderEpoch, other.leaderEpoch);
  }

  private static boolean mayBeSame(Object one, Object other) {
    return one == null || other == null || one.equals(other);
  }

  /** For messages. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>(List.of("CRC-32C " + crc32c));
    if (timestamp != null) {
      parts.add("timestamp " + Instant.ofEpochMilli(timestamp));
    }
    if (leaderEpoch != null) {
      parts.add("leader epoch " + leaderEpoch);
    }
    return String.join(", ", parts);
  }
}
