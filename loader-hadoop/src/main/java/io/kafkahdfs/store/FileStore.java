package io.kafkahdfs.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The few operations on files that the commit protocols stand on. Each either does what it says or
 * throws; none answers with a boolean that could be overlooked. What one client has done, all
 * clients see at once.
 */
public interface FileStore {
  /** What stands at a path; empty if nothing does. */
  Optional<FileEntry> entry(Path path) throws IOException;

  /** What a folder holds, by name; nothing if there is no such folder. */
  List<FileEntry> list(Path folder) throws IOException;

  /** Opens a file for reading. */
  InputStream open(Path file) throws IOException;

  /**
   * Creates a file.
   *
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if it exists
   * @throws java.io.FileNotFoundException if its folder does not exist: it is not made, so that a
   *     folder that somebody removed stays removed
   */
  OutputStream create(Path file) throws IOException;

  /** Makes a folder and those above it; it may exist. */
  void mkdirs(Path folder) throws IOException;

  /**
   * Renames a file or folder, atomically. The new one's folder must exist.
   *
   * @throws java.io.FileNotFoundException if there is nothing to rename
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if the new name is taken: of two
   *     clients that rename to one name, one gets this
   */
  void rename(Path from, Path to) throws IOException;

  /**
   * Renames a file over another one, atomically: a reader sees the old one or the new one.
   *
   * @throws java.io.FileNotFoundException if there is nothing to rename
   */
  void replace(Path from, Path to) throws IOException;

  /** Removes a file, or a folder with all that is in it. Nothing happens if it does not exist. */
  void delete(Path path) throws IOException;
}
