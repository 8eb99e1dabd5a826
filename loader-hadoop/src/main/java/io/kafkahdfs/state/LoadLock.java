package io.kafkahdfs.state;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.stop.StopSignal;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a second run politely that one is going on. Nothing depends on it but politeness: of two
 * runs that both believe to hold it, one loses at the commit point.
 *
 * <p>The owner is alive if its process is, or, where that cannot be told, if its sign of life is
 * not older than {@link SignOfLife#SILENCE}: seen from another host, and after the clock was set,
 * which changes when processes seem to have started. A dead owner's lock is taken over.
 */
public final class LoadLock implements Closeable {
  /** How long to wait before looking again whether another run has ended. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(LoadLock.class);

  private final FileStore store;
  private final Path folder;
  private final Owner owner;
  private final SignOfLife sign;

  private LoadLock(FileStore store, Path folder, Owner owner) {
    this.store = store;
    this.folder = folder;
    this.owner = owner;
    this.sign = new SignOfLife(store, folder, owner);
  }

  /**
   * Who holds a lock.
   *
   * @param run the run's id
   * @param host where its driver runs
   * @param pid the driver's process id there
   * @param processStarted when that process began, in milliseconds since 1970 UTC: ids are used
   *     again; 0 if the system does not tell
   * @param since when the lock was taken, ISO 8601
   */
  public record Owner(
      String run, String user, String host, long pid, long processStarted, String since) {
    public Owner {
      StoredValue.name("run", run);
    }

    /** This process. */
    public static Owner self(String run, String user, String host, String since) {
      ProcessHandle process = ProcessHandle.current();
      return new Owner(run, user, host, process.pid(), started(process), since);
    }

    private boolean hasProcess() {
      return ProcessHandle.of(pid).isPresent();
    }

    private boolean isProcess() {
      return ProcessHandle.of(pid)
          .filter(process -> started(process) == processStarted)
          .isPresent();
    }

    private static long started(ProcessHandle process) {
      return process.info().startInstant().map(time -> time.toEpochMilli()).orElse(0L);
    }
  }

  /**
   * Who holds a lock, as somebody sees it who does not want it.
   *
   * @param alive whether its process is alive; from another host, whether it has shown a sign of
   *     life lately, by this host's clock
   */
  public record Holder(Owner owner, boolean alive) {}

  /**
   * Takes the lock of a state folder, which exists.
   *
   * @param patience how long to wait for another run to end; zero to fail at once
   * @param stop ends the waiting
   * @throws LoaderException with {@link ExitCode#BUSY} if another run holds it and is alive
   */
  public static LoadLock acquire(
      FileStore store, Path folder, Owner owner, Duration patience, StopSignal stop)
      throws IOException, InterruptedException {
    LoadLock lock = new LoadLock(store, folder, owner);
    long began = System.nanoTime();
    String waitingFor = "";
    while (!lock.take()) {
      Optional<Owner> other = lock.read(file(folder));
      if (other.isEmpty()) {
        continue;
      }
      stop.check("Another run was still going on.");
      if (System.nanoTime() - began >= patience.toNanos()) {
        throw busy(other.get(), patience);
      }
      if (!other.get().run().equals(waitingFor)) {
        waitingFor = other.get().run();
        LOG.info("Waiting for the end of {}", other.get());
      }
      // A file system tells nobody that a file is gone: it has to be asked.
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
    return lock;
  }

  /**
   * Who holds the lock of a state folder; empty if nobody does. Touches nothing.
   *
   * @param host this host, as {@link Owner#host} names it
   */
  public static Optional<Holder> look(FileStore store, Path folder, String host)
      throws IOException {
    Optional<Owner> owner = read(store, file(folder));
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    boolean alive =
        owner.get().host().equals(host)
            ? owner.get().isProcess()
            : SignOfLife.isRecent(store, folder, owner.get(), System.currentTimeMillis());
    return Optional.of(new Holder(owner.get(), alive));
  }

  /**
   * @return false if another run holds it and is alive
   */
  private boolean take() throws IOException {
    sign.show();
    while (true) {
      try {
        AtomicFile.create(store, draft(), file(folder), Json.write(owner));
        sign.keepShowing();
        sweep();
        return true;
      } catch (FileAlreadyExistsException e) {
        store.delete(draft());
        Optional<Owner> other = read(file(folder));
        if (other.isPresent() && isAlive(other.get())) {
          sign.remove();
          return false;
        }
        if (other.isPresent()) {
          LOG.warn("Taking over the lock of a dead run: {}", other.get());
          removeStale(other.get());
        } else if (store.entry(file(folder)).filter(FileEntry::directory).isPresent()) {
          throw broken(file(folder), "it is a folder", e);
        }
      }
    }
  }

  /**
   * Removes what runs left that died just before they had the lock. What is young stays: a run that
   * is about to learn that it is not alone looks at its own sign.
   */
  private void sweep() throws IOException {
    long now = sign.shown().orElse(0L);
    for (FileEntry entry : store.list(folder)) {
      boolean ours = entry.name().startsWith(SignOfLife.PREFIX) || entry.name().startsWith("lock-");
      if (ours && now - entry.modified() > SignOfLife.SILENCE.toMillis()) {
        store.delete(entry.path());
      }
    }
  }

  /** Removes a dead owner's lock, unless a third run has been faster and taken it over. */
  private void removeStale(Owner dead) throws IOException {
    Path aside = new Path(folder, "lock-of-" + dead.run() + "." + owner.run());
    try {
      store.rename(file(folder), aside);
    } catch (FileNotFoundException e) {
      return;
    }
    Optional<Owner> moved = read(aside);
    if (moved.isPresent() && !moved.get().equals(dead)) {
      try {
        store.rename(aside, file(folder));
        return;
      } catch (FileAlreadyExistsException e) {
        LOG.warn("The lock of {} was lost; its commit point still protects it", moved.get());
      }
    }
    store.delete(aside);
    SignOfLife.remove(store, folder, dead);
  }

  private boolean isAlive(Owner other) throws IOException {
    if (other.host().equals(owner.host()) && !other.hasProcess()) {
      return false;
    }
    if (other.host().equals(owner.host()) && other.isProcess()) {
      return true;
    }
    // A process of another start may be another one, or the same after the clock was set.
    Optional<Long> mine = sign.shown();
    // Both times are the file system's, so that no host's clock matters.
    return mine.isPresent() && SignOfLife.isRecent(store, folder, other, mine.get());
  }

  private Optional<Owner> read(Path file) throws IOException {
    return read(store, file);
  }

  private static Optional<Owner> read(FileStore store, Path file) throws IOException {
    try {
      return Optional.of(Json.read(AtomicFile.read(store, file), Owner.class));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (MalformedJsonException e) {
      throw broken(file, e.getMessage(), e);
    }
  }

  private static LoaderException broken(Path file, String why, IOException cause) {
    return new LoaderException(
        ExitCode.FAILURE,
        "The lock "
            + file
            + " is not what a run writes: "
            + why
            + ". Remove it if no run is going on.",
        cause);
  }

  private static LoaderException busy(Owner other, Duration patience) {
    return new LoaderException(
        ExitCode.BUSY,
        "Another run is going on: "
            + other.run()
            + " of "
            + other.user()
            + " on "
            + other.host()
            + " (process "
            + other.pid()
            + ") since "
            + other.since()
            + ". "
            + (patience.isZero()
                ? "Wait for it (--wait 10m), or stop it."
                : "It has not ended within " + Amounts.span(patience) + "."));
  }

  /** The lock of a state folder, which is there as long as somebody holds it. */
  public static Path file(Path folder) {
    return new Path(folder, "lock.json");
  }

  private Path draft() {
    return new Path(folder, "lock-" + owner.run() + ".draft");
  }

  /**
   * Gives the lock back, if it is still this run's. A failure changes nothing of what the run has
   * done, so it ends here: a lock that stays is taken over.
   */
  @Override
  public void close() {
    sign.close();
    try {
      Optional<Owner> holder = read(file(folder));
      if (holder.isPresent() && holder.get().equals(owner)) {
        store.delete(file(folder));
      }
      sign.remove();
    } catch (IOException e) {
      LOG.warn(
          "Cannot remove the lock {}; the next run takes it over: {}", file(folder), e.toString());
    }
  }
}
