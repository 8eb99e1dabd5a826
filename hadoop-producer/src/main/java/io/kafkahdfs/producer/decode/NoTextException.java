package io.kafkahdfs.producer.decode;

import java.io.IOException;

/** A file that is to be read as text seems to be something else. */
public final class NoTextException extends IOException {
  private static final long serialVersionUID = 1;

  NoTextException(FileKind kind) {
    super(
        "it seems to be "
            + kind.name()
            + ", and --format text would send its bytes as lines. "
            + kind.wayOut()
            + " If these are lines all the same, set --any-bytes");
  }
}
