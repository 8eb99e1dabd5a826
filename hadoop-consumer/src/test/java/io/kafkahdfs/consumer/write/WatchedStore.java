package io.kafkahdfs.consumer.write;

import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** A real store that knows how many of its streams are open, and whose disk can be full. */
final class WatchedStore implements FileStore {
  private final FileStore store;
  private int open;
  private boolean full;

  WatchedStore(FileStore store) {
    this.store = store;
  }

  int openStreams() {
    return open;
  }

  void becomeFull() {
    full = true;
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    OutputStream out = store.create(file);
    open++;
    return new FilterOutputStream(out) {
      private boolean closed;

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (full) {
          throw new IOException("disk full");
        }
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        if (!closed) {
          closed = true;
          open--;
          out.close();
        }
        if (full) {
          throw new IOException("disk full");
        }
      }
    };
  }

  @Override
  public Optional<FileEntry> entry(Path path) throws IOException {
    return store.entry(path);
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    return store.list(folder);
  }

  @Override
  public InputStream open(Path file) throws IOException {
    return store.open(file);
  }

  @Override
  public void mkdirs(Path folder) throws IOException {
    store.mkdirs(folder);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    store.rename(from, to);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    store.replace(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    store.delete(path);
  }
}
