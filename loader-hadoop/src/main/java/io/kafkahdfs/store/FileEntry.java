package io.kafkahdfs.store;

import org.apache.hadoop.fs.Path;

/**
 * What a listing says of a file or folder.
 *
 * @param path its whole path
 * @param directory whether it is a folder
 * @param length bytes, 0 for a folder
 * @param modified milliseconds since 1970 UTC, by the file system's clock
 */
public record FileEntry(Path path, boolean directory, long length, long modified) {
  public String name() {
    return path.getName();
  }
}
