package io.kafkahdfs.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What a record is recognized by when it is looked at again. What a client or a broker did not know
 * of the record is not compared, so brokers and message formats can be upgraded meanwhile.
 *
 * @param offset where it stands in its partition
 * @param crc32c the CRC-32C of its key and value, 8 hexadecimal digits
 * @param timestamp milliseconds since 1970 UTC; {@link KafkaRecord#NO_TIMESTAMP}, which is -1, if
 *     it has none (before Kafka 0.10)
 * @param leaderEpoch the epoch of the leader that appended it; {@link KafkaRecord#NO_LEADER_EPOCH},
 *     which is -1, if it is not known (before Kafka 0.11)
 */
public record RecordFingerprint(long offset, String crc32c, long timestamp, int leaderEpoch) {
  private static final Pattern CRC = Pattern.compile("[0-9a-f]{8}");

  public RecordFingerprint {
    if (offset < 0 || leaderEpoch < -1 || !CRC.matcher(crc32c).matches()) {
      throw new IllegalArgumentException(
          "offset " + offset + ", CRC-32C " + crc32c + ", leader epoch " + leaderEpoch);
    }
  }

  /** The fingerprint of a record as it was read. */
  public static RecordFingerprint of(KafkaRecord record) {
    return of(
        record.offset(), record.key(), record.value(), record.timestamp(), record.leaderEpoch());
  }

  /** The fingerprint of a record that had all this. */
  public static RecordFingerprint of(
      long offset, ByteView key, ByteView value, long timestamp, int leaderEpoch) {
    CRC32C crc = new CRC32C();
    add(crc, key);
    add(crc, value);
    return new RecordFingerprint(
        offset, String.format("%08x", crc.getValue()), timestamp, leaderEpoch);
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
        && mayBeSame(timestamp, other.timestamp, KafkaRecord.NO_TIMESTAMP)
        && mayBeSame(leaderEpoch, other.leaderEpoch, KafkaRecord.NO_LEADER_EPOCH);
  }

  private static boolean mayBeSame(long one, long other, long unknown) {
    return one == unknown || other == unknown || one == other;
  }

  /** For messages. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>(List.of("CRC-32C " + crc32c));
    if (timestamp != KafkaRecord.NO_TIMESTAMP) {
      parts.add("timestamp " + Instant.ofEpochMilli(timestamp));
    }
    if (leaderEpoch != KafkaRecord.NO_LEADER_EPOCH) {
      parts.add("leader epoch " + leaderEpoch);
    }
    return String.join(", ", parts);
  }
}
