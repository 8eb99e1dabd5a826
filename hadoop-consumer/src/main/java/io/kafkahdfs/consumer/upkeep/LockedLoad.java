package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.consumer.commit.CommittedException;
import io.kafkahdfs.consumer.commit.Elsewhere;
import io.kafkahdfs.consumer.commit.RecoverStep;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.table.KnownTable;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.state.LoadLock;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A load that nobody else runs or changes, and that is cleared up after dead runs.
 *
 * @param owner who holds its lock
 * @param recovered what was cleared up
 * @param stuck why a commit could not be published; empty unless that was asked for
 * @param elsewhere who may hold the records of files that are gone
 */
public record LockedLoad(
    LoadOutput output,
    LoadLock.Owner owner,
    RecoverStep.Recovered recovered,
    Optional<CommittedException> stuck,
    Elsewhere elsewhere) {
  /** What is done with it. */
  public interface Task<T> {
    T run(LockedLoad load) throws IOException, InterruptedException;
  }

  /**
   * Takes the lock of the load that is given, recovers, and does something.
   *
   * @throws io.kafkahdfs.failure.LoaderException if there is no such load, or somebody else holds
   *     the lock longer than {@code --wait}
   */
  static <T> T with(Invocation invocation, Task<T> task) throws IOException, InterruptedException {
    return withStuck(
        invocation,
        load -> {
          if (load.stuck.isPresent()) {
            throw load.stuck.get();
          }
          return task.run(load);
        });
  }

  /**
   * What was done with it.
   *
   * @param exitCode another than {@link ExitCode#DONE} if a table does not know of it
   */
  public record Done<T>(T outcome, ExitCode exitCode) {
    /** Nothing that a table must know. */
    public static <T> Done<T> of(T outcome) {
      return new Done<>(outcome, ExitCode.DONE);
    }
  }

  /** The same for what moves files: the load's table learns of it. */
  public static <T> Done<T> moving(Invocation invocation, Task<T> task, Predicate<T> moved)
      throws IOException, InterruptedException {
    return with(invocation, load -> load.telling(invocation, task, moved));
  }

  /** Does something that moves files, and tells the load's table of it. */
  <T> Done<T> telling(Invocation invocation, Task<T> task, Predicate<T> moved)
      throws IOException, InterruptedException {
    try (KnownTable table = KnownTable.open(output, invocation.configuration())) {
      T done = task.run(new LockedLoad(output, owner, recovered, stuck, table));
      return new Done<>(done, moved.test(done) ? table.tell(invocation.console()) : ExitCode.DONE);
    }
  }

  /** The same, also if a commit cannot be published. */
  static <T> T withStuck(Invocation invocation, Task<T> task)
      throws IOException, InterruptedException {
    LoadOutput output = OutputSetting.existing(invocation.settings(), invocation.configuration());
    LoadLock.Owner owner = RunOrigin.now().owner();
    Duration patience = invocation.settings().find(LoadSettings.WAIT).orElse(Duration.ZERO);
    try (LoadLock lock =
        LoadLock.acquire(
            output.store(), output.state().path(), owner, patience, invocation.stop())) {
      RecoverStep.Attempt attempt = new RecoverStep(output.store(), output.state()).attempt();
      return task.run(
          new LockedLoad(output, owner, attempt.recovered(), attempt.stuck(), Elsewhere.NOWHERE));
    }
  }
}
