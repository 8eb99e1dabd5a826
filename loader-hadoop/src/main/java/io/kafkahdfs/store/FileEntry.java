package io.kafkahdfs.store;

import org.apache.hadoop.fs.Path;

/**
 * What a listing says of a file or folder.
 *
 * @param path its whole path
 * @param directory whether it is a folder
 * @param length bytes, 0 for a folder
 * @param modified milliseconds since 1970 UTC, by the file system's clock
 * @param room how many more entries a folder takes, as far as that is known: a hint, since clients
 *     are told the file system's limits by their own configuration; {@link Long#MAX_VALUE} if
 *     nothing is known
 */
public record FileEntry(Path path, boolean directory, long length, long modified, long room) {
  /** Nothing is known of its room. */
  public FileEntry(Path path, boolean directory, long length, long modified) {
    this(path, directory, length, modified, Long.MAX_VALUE);
  }

  public String name() {
    return path.getName();
  }
}
