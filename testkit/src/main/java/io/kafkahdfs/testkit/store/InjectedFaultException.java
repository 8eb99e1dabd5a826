package io.kafkahdfs.testkit.store;

import java.io.IOException;

/** A failure that a test asked for. */
public final class InjectedFaultException extends IOException {
  public InjectedFaultException(String message) {
    super(message);
  }
}
