package io.kafkahdfs.store;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;

/** Small files that are seen whole or not at all. */
public final class AtomicFile {
  /** Commits of some hundred thousand partitions are the largest. */
  private static final int MOST_BYTES = 512 << 20;

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

  /**
   * Reads a whole small file.
   *
   * @throws LoaderException if it is larger than what the loader writes
   */
  public static byte[] read(FileStore store, Path file) throws IOException {
    try (InputStream in = store.open(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new LoaderException(
            ExitCode.FAILURE,
            "Cannot trust "
                + file
                + ": it has more than "
                + (MOST_BYTES >> 20)
                + " MiB, which no run writes. Something else has taken its place.");
      }
      return bytes;
    }
  }

  private static void write(FileStore store, Path draft, byte[] content) throws IOException {
    store.delete(draft);
    try (OutputStream out = store.create(draft)) {
      out.write(content);
    }
  }
}
