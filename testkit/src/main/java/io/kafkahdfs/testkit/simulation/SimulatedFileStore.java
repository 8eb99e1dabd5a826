package io.kafkahdfs.testkit.simulation;

import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * A process's connection to a file store: each operation is a step of the process, and so are each
 * write to a file and its closing. A file that is not closed is cut short: its last byte is held
 * back until then.
 */
public final class SimulatedFileStore implements FileStore {
  private final FileStore store;
  private final SimulatedProcess process;
  private final Watcher watcher;

  /**
   * @param watcher is told of every change as soon as it is made
   */
  public SimulatedFileStore(FileStore store, SimulatedProcess process, Watcher watcher) {
    this.store = store;
    this.process = process;
    this.watcher = watcher;
  }

  /** Somebody who looks at all changes, and throws an {@link AssertionError} at a wrong one. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * @param path what was changed; of a rename, what was made of it
     */
    void changed(Path path) throws IOException;
  }

  private record Names(Path from, Path to) {
    @Override
    public String toString() {
      return from + " -> " + to;
    }
  }

  @Override
  public Optional<FileEntry> entry(Path path) throws IOException {
    return process.step("entry", path, () -> store.entry(path));
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    return process.step("list", folder, () -> store.list(folder));
  }

  @Override
  public InputStream open(Path file) throws IOException {
    return process.step("open", file, () -> store.open(file));
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    return process.step(
        "create",
        file,
        () -> {
          OutputStream out = store.create(file);
          watcher.changed(file);
          return new Writing(out, file);
        });
  }

  @Override
  public void mkdirs(Path folder) throws IOException {
    change("mkdirs", folder, folder, () -> store.mkdirs(folder));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    change("rename", new Names(from, to), to, () -> store.rename(from, to));
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    change("replace", new Names(from, to), to, () -> store.replace(from, to));
  }

  @Override
  public void delete(Path path) throws IOException {
    change("delete", path, path, () -> store.delete(path));
  }

  private interface Change {
    void make() throws IOException;
  }

  private void change(String verb, Object subject, Path path, Change change) throws IOException {
    process.step(
        verb,
        subject,
        () -> {
          change.make();
          watcher.changed(path);
          return null;
        });
  }

  private final class Writing extends FilterOutputStream {
    private static final int NOTHING = -1;

    private final Path file;
    private int held = NOTHING;
    private boolean closed;

    Writing(OutputStream out, Path file) {
      super(out);
      this.file = file;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > 0) {
        change("write", file, file, () -> hold(bytes, offset, length));
      }
    }

    private void hold(byte[] bytes, int offset, int length) throws IOException {
      release();
      out.write(bytes, offset, length - 1);
      held = bytes[offset + length - 1] & 0xff;
    }

    @Override
    public void flush() {
      // What is flushed is not safe, so it changes nothing.
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      change(
          "close",
          file,
          file,
          () -> {
            release();
            out.close();
          });
    }

    private void release() throws IOException {
      if (held != NOTHING) {
        out.write(held);
        held = NOTHING;
      }
    }
  }
}
