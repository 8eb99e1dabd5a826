package io.kafkahdfs.testkit.store;

/**
 * The simulated death of the process: after it nothing can be done to the store, not even cleaning
 * up. An error, so that no {@code catch} of an exception stops it.
 */
public final class HaltedError extends Error {
  public HaltedError(String message) {
    super(message);
  }
}
