package io.kafkahdfs.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;

/** Small files that are seen whole or not at all. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a file beside its place and renames it there.
   *
   * @param draft where it is written first, in a folder that exists; what stood there is replaced
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if the file exists
   */
  public static void create(FileStore store, Path draft, Path file, byte[] content)
      throws IOException {
    write(store, draft, content);
    store.rename(draft, file);
  }

  /** The same, but takes the place of a file that exists. */
  public static void replace(FileStore store, Path draft, Path file, byte[] content)
      throws IOException {
    write(store, draft, content);
    store.replace(draft, file);
  }

  /** Reads a whole small file. */
  public static byte[] read(FileStore store, Path file) throws IOException {
    try (InputStream in = store.open(file)) {
      return in.readAllBytes();
    }
  }

  private static void write(FileStore store, Path draft, byte[] content) throws IOException {
    store.delete(draft);
    try (OutputStream out = store.create(draft)) {
      out.write(content);
    }
  }
}
