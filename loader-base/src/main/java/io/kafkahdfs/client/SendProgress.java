package io.kafkahdfs.client;

import java.util.Objects;

/**
 * How far a stretch of input was sent.
 *
 * @param done how many of its records are done, from the first one on
 * @param note whatever the sender wants to find again; at most {@link #LONGEST_NOTE} bytes
 */
public record SendProgress(long done, String note) {
  /**
   * What brokers keep unless they are told otherwise ({@code offset.metadata.max.bytes}), with a
   * margin.
   */
  public static final int LONGEST_NOTE = 4000;

  public SendProgress {
    Objects.requireNonNull(note, "note");
    if (done < 0) {
      throw new IllegalArgumentException(done + " records are done");
    }
  }
}
