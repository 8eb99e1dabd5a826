package io.kafkahdfs.format.lines;

import io.kafkahdfs.client.ByteView;
import java.io.Closeable;
import java.io.IOException;

/** The lines of a stretch of a file: those that begin in it. Used by one thread. */
public interface Lines extends Closeable {
  /**
   * Shows the next line without its end.
   *
   * @param into points into a buffer that is used again
   * @return false when there is none
   */
  boolean next(ByteView into) throws IOException;

  /** How much is read, from 0 to 1. */
  float progress() throws IOException;
}
