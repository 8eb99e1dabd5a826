package io.kafkahdfs.testkit.store;

import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.Path;

/**
 * A file store in which one operation goes wrong, before or after it was done.
 *
 * <p>It either <em>fails</em>, once, with an {@link InjectedFaultException}, or <em>halts</em>:
 * then this operation and every later one throw a {@link HaltedError}, as if the process had died
 * there. Or it <em>stalls</em>: at this operation others do something, and then it carries on as if
 * no time had passed. Operations count from 1; each call of {@link FileStore} is one, and so is
 * each write to a file and its closing. Reading from an open file is not counted. A test runs its
 * work with a fault at operation 1, 2, 3 and so on, until {@link #faulted} says that the work ended
 * without it:
 *
 * <pre>{@code
 * for (int n = 1; ; n++) {
 *   var store = FaultyFileStore.halting(real, n, Moment.AFTER);
 *   assertThatThrownBy(() -> work(store)) ...
 *   if (!store.faulted()) {
 *     break;
 *   }
 *   ... recover with the real store and look at what is there
 * }
 * }</pre>
 *
 * <p>A file that was not closed is cut short: its last byte is held back until then.
 */
public final class FaultyFileStore implements FileStore {
  /** When the fault strikes. */
  public enum Moment {
    /** Before the operation: it has no effect. */
    BEFORE,
    /** After the operation: it is done, and the caller does not learn it. */
    AFTER
  }

  private enum Kind {
    FAIL,
    FAIL_FOR_GOOD,
    HALT,
    STALL
  }

  /** What others do while a process stalls. */
  public interface Interlude {
    void run() throws IOException;
  }

  private final FileStore store;
  private final Kind kind;
  private final int operation;
  private final Moment moment;
  private final Interlude interlude;
  private final AtomicInteger operations = new AtomicInteger();
  private volatile boolean faulted;

  private FaultyFileStore(
      FileStore store, Kind kind, int operation, Moment moment, Interlude interlude) {
    if (operation < 0) {
      throw new IllegalArgumentException("operation " + operation + " is below 0");
    }
    this.store = store;
    this.kind = kind;
    this.operation = operation;
    this.moment = moment;
    this.interlude = interlude;
  }

  /** A store in which nothing goes wrong: it only counts. */
  public static FaultyFileStore counting(FileStore store) {
    return new FaultyFileStore(store, Kind.FAIL, 0, Moment.BEFORE, () -> {});
  }

  /**
   * A store whose n-th operation throws; what comes after it works again.
   *
   * @param operation from 1
   */
  public static FaultyFileStore failing(FileStore store, int operation, Moment moment) {
    return new FaultyFileStore(store, Kind.FAIL, operation, moment, () -> {});
  }

  /**
   * A store whose n-th operation throws, and all that come after it: they have no effect.
   *
   * @param operation from 1
   * @param moment of the n-th one
   */
  public static FaultyFileStore failingForGood(FileStore store, int operation, Moment moment) {
    return new FaultyFileStore(store, Kind.FAIL_FOR_GOOD, operation, moment, () -> {});
  }

  /**
   * A store that is dead from its n-th operation on.
   *
   * @param operation from 1
   */
  public static FaultyFileStore halting(FileStore store, int operation, Moment moment) {
    return new FaultyFileStore(store, Kind.HALT, operation, moment, () -> {});
  }

  /**
   * A store that stalls at its n-th operation until others have done something, and then goes on.
   *
   * @param operation from 1
   * @param interlude what they do, on stores of their own
   */
  public static FaultyFileStore stalling(
      FileStore store, int operation, Moment moment, Interlude interlude) {
    return new FaultyFileStore(store, Kind.STALL, operation, moment, interlude);
  }

  /** How many operations were begun, the faulty one among them. */
  public int operations() {
    return operations.get();
  }

  /** Whether the fault has struck. */
  public boolean faulted() {
    return faulted;
  }

  @Override
  public Optional<FileEntry> entry(Path path) throws IOException {
    return run("entry " + path, () -> store.entry(path));
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    return run("list " + folder, () -> store.list(folder));
  }

  @Override
  public InputStream open(Path file) throws IOException {
    return run("open " + file, () -> new Reading(store.open(file)));
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    return run("create " + file, () -> new Writing(store.create(file), file));
  }

  @Override
  public void mkdirs(Path folder) throws IOException {
    run("mkdirs " + folder, action(() -> store.mkdirs(folder)));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    run("rename " + from + " to " + to, action(() -> store.rename(from, to)));
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    run("replace " + to + " by " + from, action(() -> store.replace(from, to)));
  }

  @Override
  public void delete(Path path) throws IOException {
    run("delete " + path, action(() -> store.delete(path)));
  }

  private <T> T run(String what, Operation<T> work) throws IOException {
    checkAlive(what);
    if (faulted && kind == Kind.FAIL_FOR_GOOD) {
      throw new InjectedFaultException("Failing since operation " + operation + ", so no " + what);
    }
    boolean strikes = operations.incrementAndGet() == operation;
    if (strikes && moment == Moment.BEFORE) {
      strike(what);
    }
    T result = work.run();
    if (strikes) {
      strike(what);
    }
    return result;
  }

  private void strike(String what) throws IOException {
    faulted = true;
    if (kind == Kind.STALL) {
      interlude.run();
      return;
    }
    String message = "At operation " + operation + ", " + moment + " " + what;
    if (kind == Kind.HALT) {
      throw new HaltedError(message);
    }
    throw new InjectedFaultException(message);
  }

  private void checkAlive(String what) {
    if (faulted && kind == Kind.HALT) {
      throw new HaltedError("Dead since operation " + operation + ", so no " + what);
    }
  }

  private static Operation<Void> action(Action action) {
    return () -> {
      action.run();
      return null;
    };
  }

  private interface Operation<T> {
    T run() throws IOException;
  }

  private interface Action {
    void run() throws IOException;
  }

  private final class Reading extends FilterInputStream {
    Reading(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      checkAlive("read");
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      checkAlive("read");
      return super.read(bytes, offset, length);
    }
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
      FaultyFileStore.this.run(
          "write " + length + " bytes to " + file,
          action(
              () -> {
                if (length > 0) {
                  release();
                  out.write(bytes, offset, length - 1);
                  held = bytes[offset + length - 1] & 0xff;
                }
              }));
    }

    @Override
    public void flush() throws IOException {
      checkAlive("flush of " + file);
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        checkAlive("close of " + file);
        return;
      }
      FaultyFileStore.this.run(
          "close " + file,
          action(
              () -> {
                release();
                closed = true;
                out.close();
              }));
    }

    private void release() throws IOException {
      if (held != NOTHING) {
        out.write(held);
        held = NOTHING;
      }
    }
  }
}
