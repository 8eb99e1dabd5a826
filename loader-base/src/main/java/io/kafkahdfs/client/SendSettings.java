package io.kafkahdfs.client;

import java.time.Duration;

/**
 * How records are sent.
 *
 * @param compression how batches are compressed
 * @param batchBytes how large a batch of one partition may become
 * @param linger how long a batch may wait to be filled
 * @param timestamps whether records keep their own timestamps; else they are made when they are
 *     sent
 */
public record SendSettings(
    Compression compression, int batchBytes, Duration linger, boolean timestamps) {
  /** How batches are compressed. */
  public enum Compression {
    NONE,
    GZIP,
    SNAPPY,
    LZ4,
    /** Brokers know it since 2.1. */
    ZSTD
  }

  /** Records keep their own timestamps. */
  public SendSettings(Compression compression, int batchBytes, Duration linger) {
    this(compression, batchBytes, linger, true);
  }

  public SendSettings {
    if (batchBytes < 1 || linger.isNegative()) {
      throw new IllegalArgumentException("batchBytes " + batchBytes + ", linger " + linger);
    }
  }
}
