package io.kafkahdfs.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What brokers with transactions, those from 0.11 on, can do beside the others. */
public interface Transactions {
  /**
   * Begins to send under an id. Whoever sends under the same id is shut out, and what it had not
   * committed is aborted before this returns.
   */
  TransactionalSender sender(String id, SendSettings settings) throws IOException;

  /**
   * How long brokers let a transaction be open at most, whatever its sender asks for; empty if they
   * do not tell.
   */
  Optional<Duration> longest() throws IOException;

  /** Forgets the progress that was committed under some ids. Those that have none are passed by. */
  void deleteProgress(Set<String> ids) throws IOException;
}
