package io.kafkahdfs.consumer.plan;

/** What to do about records whose transaction is neither committed nor aborted. */
public enum UndecidedPolicy {
  /** Land what can be read, and name what cannot. */
  WARN,
  /** Fail the run, and name them. */
  FAIL
}
