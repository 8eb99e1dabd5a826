package io.kafkahdfs.producer.plan;

import io.kafkahdfs.state.StoredValue;

/**
 * A stretch of a file, or all of it.
 *
 * @param file which one, as it was planned
 * @param start the stretch's first byte; records that begin in the stretch are its records
 * @param length how many bytes
 */
public record FilePart(InputFile file, long start, long length) {
  public FilePart {
    StoredValue.notNegative(file.path(), start, length, file.length() - start - length);
  }

  public static FilePart whole(InputFile file) {
    return new FilePart(file, 0, file.length());
  }
}
