package io.kafkahdfs.producer.plan;

import io.kafkahdfs.state.StoredValue;

/**
 * A file as it was when the export was planned.
 *
 * @param path its whole path
 * @param length in bytes
 * @param modified milliseconds since 1970 UTC, by the file system's clock
 */
public record InputFile(String path, long length, long modified) {
  public InputFile {
    StoredValue.notNegative(path, length);
  }
}
