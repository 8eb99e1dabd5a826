package io.kafkahdfs.testkit.hadoop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A JVM that was started, with its output in files. It dies with the JVM that started it. */
public final class RunningCommand {
  private final String name;
  private final Process process;
  private final Path stdout;
  private final Path stderr;

  RunningCommand(String name, Process process, Path stdout, Path stderr) {
    this.name = name;
    this.process = process;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed so far. */
  public String stdout() {
    return read(stdout);
  }

  /** What it has logged and complained of so far. */
  public String stderr() {
    return read(stderr);
  }

  /** Kills it as {@code kill -9} does, and waits until it is gone. */
  public CommandResult kill() {
    process.destroyForcibly();
    return await(Duration.ofSeconds(30));
  }

  /** Asks it to end, as {@code kill} does and Ctrl-C; does not wait. */
  public void terminate() {
    // The process itself would also close its input, and end at once for that.
    process.toHandle().destroy();
  }

  /**
   * Waits for its end.
   *
   * @throws IllegalStateException if it has not ended by then; it is killed
   */
  public CommandResult await(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(name + " did not end within " + limit + ":\n" + stderr());
      }
      return new CommandResult(process.exitValue(), stdout(), stderr());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException("Interrupted while waiting for " + name, e);
    }
  }

  /** Lets it, and all that it started, die as if this JVM had. */
  void abandon() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
