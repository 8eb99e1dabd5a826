package io.kafkahdfs.testkit.kafka;

import java.io.IOException;

/** A transaction whose records the brokers have, and that is not decided yet. */
public interface OpenTransaction {
  /** Makes its records visible; adds a control record to the partition. */
  void commit() throws IOException;

  /** Hides its records for ever; adds a control record to the partition. */
  void abort() throws IOException;
}
