package io.kafkahdfs.consumer.write;

import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.ForwardingFileStore;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;

/** A real store that knows how many of its streams are open, and whose disk can be full. */
final class WatchedStore extends ForwardingFileStore {
  private int open;
  private boolean full;

  WatchedStore(FileStore store) {
    super(store);
  }

  int openStreams() {
    return open;
  }

  void becomeFull() {
    full = true;
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    OutputStream out = super.create(file);
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
}
