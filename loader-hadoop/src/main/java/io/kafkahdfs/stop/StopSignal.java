package io.kafkahdfs.stop;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a command that it is to end: by SIGTERM, as Oozie and service managers send it, or by
 * Ctrl-C. The process stays until the command has ended, but not longer than {@link #LIMIT}; a
 * command that waits for something ends at once, one that commits comes to its end.
 */
public final class StopSignal implements AutoCloseable {
  /** For a command that nobody stops. */
  public static final StopSignal NONE = new StopSignal();

  /** How long a process that is to end stays; Hadoop needs up to 10 s to kill a job. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Before Hadoop closes its file systems. */
  private static final int PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 10;

  private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Action> actions = new ArrayList<>();
  private final Runnable hook = this::stop;
  private boolean requested;

  private StopSignal() {}

  /** Something that makes the command end sooner. */
  @FunctionalInterface
  public interface Action {
    void run() throws Exception;
  }

  /** Listens for signals until it is closed. */
  public static StopSignal listen() {
    StopSignal signal = new StopSignal();
    ShutdownHookManager.get()
        .addShutdownHook(signal.hook, PRIORITY, LIMIT.toSeconds(), TimeUnit.SECONDS);
    return signal;
  }

  public synchronized boolean isRequested() {
    return requested;
  }

  /**
   * Does nothing unless the command is to end.
   *
   * @param meaning what it means that the command ends here, for the user
   * @throws LoaderException if it is to end
   */
  public void check(String meaning) throws LoaderException {
    if (isRequested()) {
      throw new LoaderException(ExitCode.FAILURE, "Stopped by a signal. " + meaning);
    }
  }

  /** Does something when the command is to end; at once if it is already. */
  public void onRequest(Action action) {
    synchronized (this) {
      if (!requested) {
        actions.add(action);
        return;
      }
    }
    run(action);
  }

  /** Takes an action back. */
  public synchronized void withdraw(Action action) {
    actions.remove(action);
  }

  /** What is called when the process is to end. */
  Runnable hook() {
    return hook;
  }

  /** Tells the command, and waits until it has ended. */
  void stop() {
    List<Action> toRun;
    synchronized (this) {
      requested = true;
      toRun = List.copyOf(actions);
    }
    toRun.forEach(StopSignal::run);
    try {
      ended.await();
    } catch (InterruptedException e) {
      LOG.warn("The command has not ended within {} s of its signal", LIMIT.toSeconds());
    }
  }

  private static void run(Action action) {
    try {
      action.run();
    } catch (Exception e) {
      LOG.warn("Not everything could be ended: {}", e.toString());
    }
  }

  /** The command has ended: the process need not wait for it any more. */
  @Override
  public void close() {
    ended.countDown();
    if (!isRequested()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
