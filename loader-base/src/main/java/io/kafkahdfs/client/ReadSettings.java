package io.kafkahdfs.client;

/**
 * How a range is read.
 *
 * @param fetchBytes how many bytes of a partition are asked for at once
 * @param maxFetchBytes how far that may grow for a message that does not fit
 * @param fetchAhead how many batches may wait, fetched and not yet read, at least 1
 */
public record ReadSettings(int fetchBytes, int maxFetchBytes, int fetchAhead) {
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
}
