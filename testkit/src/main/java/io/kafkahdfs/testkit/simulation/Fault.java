package io.kafkahdfs.testkit.simulation;

/** What goes wrong at a step. */
enum Fault {
  NONE,
  /** It fails, and has no effect. */
  FAIL_BEFORE,
  /** It fails, and has had its effect: the answer was lost. */
  FAIL_AFTER,
  /** The process is gone, and the step has no effect. */
  HALT_BEFORE,
  /** The process is gone, and the step has had its effect. */
  HALT_AFTER
}
