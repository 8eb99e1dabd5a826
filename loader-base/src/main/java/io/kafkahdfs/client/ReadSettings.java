package io.kafkahdfs.client;

import java.util.Optional;

/**
 * How a range is read.
 *
 * @param fetchBytes how many bytes of a partition are asked for at once
 * @param maxFetchBytes how far that may grow for a message that does not fit
 * @param fetchAhead how many batches may wait, fetched and not yet read, at least 1
 * @param isolation whether records of aborted and undecided transactions are hidden, where the
 *     brokers have transactions; as {@link KafkaCluster#isolation} says if empty
 */
public record ReadSettings(
    int fetchBytes, int maxFetchBytes, int fetchAhead, Optional<Isolation> isolation) {
  public ReadSettings {
    if (fetchBytes < 1 || maxFetchBytes < fetchBytes || fetchAhead < 1) {
      throw new IllegalArgumentException(
          "fetchBytes "
              + fetchBytes
              + ", maxFetchBytes "
              + maxFetchBytes
              + ", fetchAhead "
              + fetchAhead);
    }
  }

  /** Reads with the cluster's isolation. */
  public ReadSettings(int fetchBytes, int maxFetchBytes, int fetchAhead) {
    this(fetchBytes, maxFetchBytes, fetchAhead, Optional.empty());
  }

  /** The same with an isolation. */
  public ReadSettings with(Isolation newIsolation) {
    return new ReadSettings(fetchBytes, maxFetchBytes, fetchAhead, Optional.of(newIsolation));
  }
}
