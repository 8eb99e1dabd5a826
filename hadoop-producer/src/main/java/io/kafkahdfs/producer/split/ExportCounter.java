package io.kafkahdfs.producer.split;

/** The MapReduce counters of an export. */
public enum ExportCounter {
  RECORDS_READ,
  BYTES_READ,
  RECORDS_SENT,
  RECORDS_FILTERED,
  RECORDS_BAD,
  RECORDS_ACKNOWLEDGED,
  /** Records that an earlier attempt or run had sent already, which were passed over. */
  RECORDS_DONE_BEFORE,
  /** Records that were sent although they are older than their topic keeps records. */
  RECORDS_PAST_RETENTION,
  /** Records that an earlier attempt may have sent, and that were sent again. */
  RECORDS_MAYBE_REPEATED
}
