package io.kafkahdfs.consumer.read;

/** What to do about records that are bad. */
public enum OnBad {
  /** Fail the run, and name them. */
  FAIL,
  /** Leave them out, and count them. */
  SKIP,
  /** Land them apart from the others with the reason, and count them. */
  QUARANTINE
}
