package io.kafkahdfs.client;

/**
 * What a look at an offset has shown.
 *
 * @param record the fingerprint of the record there; null if it could not be seen
 * @param why it could not be seen; null if it was
 */
public record RecordLook(RecordFingerprint record, String why) {
  /** Retention removed the record, or the records were deleted up to it. */
  public static final RecordLook REMOVED = unseen("retention removed it");

  /** No record is to be seen there, only what lies behind it. */
  public static final RecordLook GONE = unseen("compaction removed it");

  public static RecordLook at(RecordFingerprint record) {
    return new RecordLook(record, null);
  }

  public static RecordLook unseen(String why) {
    return new RecordLook(null, why);
  }
}
