package io.kafkahdfs.state;

import io.kafkahdfs.state.LoadLock.Owner;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an owner of a lock shows that it is alive: an empty file beside the lock, made anew again and
 * again, whose time counts.
 */
final class SignOfLife implements Closeable {
  /** What the names of signs begin with. */
  static final String PREFIX = "alive-";

  /** How long an owner on another host may be silent before it is presumed dead. */
  static final Duration SILENCE = Duration.ofSeconds(60);

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(SignOfLife.class);

  private final FileStore store;
  private final Path file;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "lock-heartbeat");
            thread.setDaemon(true);
            return thread;
          });

  SignOfLife(FileStore store, Path folder, Owner owner) {
    this.store = store;
    this.file = file(folder, owner);
  }

  private static Path file(Path folder, Owner owner) {
    return new Path(folder, PREFIX + owner.run());
  }

  /**
   * Whether an owner has shown a sign within {@link #SILENCE}.
   *
   * @param now in the milliseconds of the same clock as its sign
   */
  static boolean isRecent(FileStore store, Path folder, Owner owner, long now) throws IOException {
    return store
        .entry(file(folder, owner))
        .filter(sign -> now - sign.modified() < SILENCE.toMillis())
        .isPresent();
  }

  /** Removes the sign of somebody else, who is dead. */
  static void remove(FileStore store, Path folder, Owner dead) throws IOException {
    store.delete(file(folder, dead));
  }

  /** Shows it once. */
  void show() throws IOException {
    store.delete(file);
    store.create(file).close();
  }

  /** Shows it from now on, until this is closed. A failure is no reason to stop. */
  void keepShowing() {
    long period = HEARTBEAT.toSeconds();
    heart.scheduleAtFixedRate(this::tryToShow, period, period, TimeUnit.SECONDS);
  }

  private void tryToShow() {
    try {
      show();
    } catch (IOException e) {
      LOG.warn("Cannot show a sign of life: {}", e.toString());
    }
  }

  /** When it was shown last, by the file system's clock; empty if it is gone. */
  Optional<Long> shown() throws IOException {
    return store.entry(file).map(FileEntry::modified);
  }

  /** Takes it away. */
  void remove() throws IOException {
    store.delete(file);
  }

  /** Shows it no more. What was shown last stays. */
  @Override
  public void close() {
    heart.shutdownNow();
  }
}
