package io.kafkahdfs.consumer.read;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordFingerprint;

/**
 * The last record that was read of a range. Every record is noted, so noting one only remembers
 * where it lies; the fingerprint is made of the last one, as it was read: a mapper may change the
 * record that it is handed.
 */
final class LastRecord {
  private final ByteView key = new ByteView();
  private final ByteView value = new ByteView();
  private long offset = -1;
  private long timestamp;
  private int leaderEpoch;
  private RecordFingerprint fingerprint;

  void note(KafkaRecord record) {
    key.showSameAs(record.key());
    value.showSameAs(record.value());
    offset = record.offset();
    timestamp = record.timestamp();
    leaderEpoch = record.leaderEpoch();
  }

  /** The fingerprint of the last record; null if there was none. No record may be noted later. */
  RecordFingerprint fingerprint() {
    if (fingerprint == null && offset >= 0) {
      fingerprint = RecordFingerprint.of(offset, key, value, timestamp, leaderEpoch);
      // A task may read many ranges: their fetches need not stay in memory.
      key.setNull();
      value.setNull();
    }
    return fingerprint;
  }
}
