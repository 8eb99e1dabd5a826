package io.kafkahdfs.consumer.write;

import io.kafkahdfs.store.FileStore;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends files side by side, on threads of its own, while the next ones are written. HDFS answers
 * each of a file's beginning, first block and end after some milliseconds, whatever its length, so
 * a small file is not even created before all of it is known: then all of that is done aside.
 *
 * <p>What waits in memory is bounded: {@value #AT_ONCE} files of {@value #SMALL} bytes, or what
 * HDFS's client holds of as many larger ones. Not for several threads.
 */
final class FileEndings implements Closeable {
  /** How many files may be ending at the same time. */
  static final int AT_ONCE = 8;

  /** A file that gets longer than this is created by whoever writes it, and only ends aside. */
  static final int SMALL = 256 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(FileEndings.class);

  /** Interrupted calls of HDFS end at once; this is for a network that does not even fail. */
  private static final int PATIENCE_SECONDS = 30;

  private final FileStore store;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_ONCE, FileEndings::thread);
  private final Queue<Future<?>> running = new ArrayDeque<>();

  FileEndings(FileStore store) {
    this.store = store;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "end files");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A new file. When its stream has been closed it may still be ending.
   *
   * @throws IOException also for an earlier file that could not be ended
   */
  OutputStream create(Path path) throws IOException {
    settleThoseAtTheirEnd();
    return new Ending(path);
  }

  /** Waits until all files whose streams were closed have ended. No others can be created then. */
  void finish() throws IOException {
    while (!running.isEmpty()) {
      settle(running.remove());
    }
    threads.shutdown();
  }

  /** Gives up, unless {@link #finish} was there before. Never throws. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Files that were given up are still ending");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endAside(Callable<Void> ending) throws IOException {
    while (running.size() >= AT_ONCE) {
      settle(running.remove());
    }
    running.add(threads.submit(ending));
  }

  private void settleThoseAtTheirEnd() throws IOException {
    while (!running.isEmpty() && running.element().isDone()) {
      settle(running.remove());
    }
  }

  private static void settle(Future<?> ending) throws IOException {
    try {
      ending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a file was closed");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  /** A file that is held back while it is small. */
  private final class Ending extends OutputStream {
    private final Path path;
    private ByteArrayOutputStream held = new ByteArrayOutputStream();

    /** Null while the file is small. */
    private OutputStream file;

    private boolean closed;

    Ending(Path path) {
      this.path = path;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (file == null && held.size() + (long) length <= SMALL) {
        held.write(bytes, offset, length);
        return;
      }
      if (file == null) {
        file = store.create(path);
        held.writeTo(file);
        held = null;
      }
      file.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      if (!threads.isShutdown()) {
        endAside(this::end);
      } else if (file != null) {
        file.close();
      }
    }

    private Void end() throws IOException {
      if (file == null) {
        try (OutputStream whole = store.create(path)) {
          held.writeTo(whole);
        }
      } else {
        file.close();
      }
      return null;
    }
  }
}
