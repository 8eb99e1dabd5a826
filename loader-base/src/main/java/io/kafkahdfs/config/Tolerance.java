package io.kafkahdfs.config;

/** What to do about records that cannot be had. */
public enum Tolerance {
  /** Fail the run, and name them. */
  FAIL,
  /** Leave them out, and record in the commit that they are missing. */
  SKIP
}
