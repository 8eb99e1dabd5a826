package io.kafkahdfs.testkit.kafka;

import java.util.LinkedHashSet;
import java.util.Set;

/** A transaction of an {@link InMemoryCluster}; guarded by the cluster. */
final class InMemoryTransaction implements OpenTransaction {
  /** What became of it. */
  enum State {
    OPEN,
    COMMITTED,
    ABORTED
  }

  private final Set<InMemoryLog> logs = new LinkedHashSet<>();
  private volatile State state = State.OPEN;

  State state() {
    return state;
  }

  /** It has records in a partition. */
  void writesTo(InMemoryLog log) {
    logs.add(log);
  }

  @Override
  public void commit() {
    end(State.COMMITTED);
  }

  @Override
  public void abort() {
    end(State.ABORTED);
  }

  private void end(State end) {
    state = end;
    // The marker takes an offset.
    logs.forEach(log -> log.skip(1));
  }
}
