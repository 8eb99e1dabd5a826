package io.kafkahdfs.format.spi;

import java.io.IOException;

/** A file that is to be read as lines seems to be something else. */
public final class NoTextException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param kind what it seems to be
   * @param wayOut a sentence
   */
  public NoTextException(String kind, String wayOut) {
    super(
        "it seems to be "
            + kind
            + ", and its bytes would be sent as lines. "
            + wayOut
            + " If these are lines all the same, set --any-bytes");
  }
}
