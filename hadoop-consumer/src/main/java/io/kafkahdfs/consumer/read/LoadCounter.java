package io.kafkahdfs.consumer.read;

/** The MapReduce counters of a load. */
public enum LoadCounter {
  RECORDS_READ,
  BYTES_READ,
  OFFSETS_WRITTEN,
  OFFSETS_FILTERED,
  OFFSETS_BAD,
  OFFSETS_INVISIBLE,
  OFFSETS_LOST,
  RECORDS_WRITTEN,
  RECORDS_QUARANTINED,
  FILES_WRITTEN,
  FILE_BYTES_WRITTEN
}
