package io.kafkahdfs.consumer.state;

import io.kafkahdfs.state.TaskFailures;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What the tasks of a run know of it, handed to them in the job's configuration.
 *
 * @param folder where it keeps what it has not committed yet
 * @param deadline when its tasks end their ranges early
 * @param started when its driver began
 * @param previous when the driver of the last commit's run began; empty if there is none
 * @param commit the number of the commit that it plans to make
 * @param purpose what it is for
 */
public record Run(
    RunFolder folder,
    Optional<Instant> deadline,
    Instant started,
    Optional<Instant> previous,
    long commit,
    Purpose purpose) {
  /** What a run is for. */
  public enum Purpose {
    /** Lands what is new. */
    LOAD,

    /**
     * The same, and a table learns of the files: none ever has the path of another that was there
     * before, for who tidies up behind a table deletes by path.
     */
    LOAD_FOR_TABLE,

    /** Lands what is missing, and its driver commits it. */
    REPAIR
  }

  private static final String ROOT = "load.run.root";
  private static final String ID = "load.run.id";
  private static final String DEADLINE = "load.run.deadline.ms";
  private static final String STARTED = "load.run.started.ms";
  private static final String PREVIOUS = "load.run.previous.ms";
  private static final String COMMIT = "load.run.commit";
  private static final String PURPOSE = "load.run.purpose";

  /** One that lands what is new. */
  public Run(
      RunFolder folder,
      Optional<Instant> deadline,
      Instant started,
      Optional<Instant> previous,
      long commit) {
    this(folder, deadline, started, previous, commit, Purpose.LOAD);
  }

  /** One that lands what is missing. */
  public static Run repairing(RunFolder folder, Instant started, long commit) {
    return new Run(folder, Optional.empty(), started, Optional.empty(), commit, Purpose.REPAIR);
  }

  public void putInto(Configuration configuration) {
    configuration.set(ROOT, folder.state().root().toString());
    configuration.set(ID, folder.id());
    configuration.setLong(STARTED, started.toEpochMilli());
    configuration.setLong(COMMIT, commit);
    configuration.setEnum(PURPOSE, purpose);
    TaskFailures.storeIn(folder.failures(), configuration);
    deadline.ifPresent(time -> configuration.setLong(DEADLINE, time.toEpochMilli()));
    previous.ifPresent(time -> configuration.setLong(PREVIOUS, time.toEpochMilli()));
  }

  /** The run that a job belongs to; empty for a job that only uses the input format. */
  public static Optional<Run> of(Configuration configuration) {
    String id = configuration.get(ID);
    if (id == null) {
      return Optional.empty();
    }
    StateFolder state = new StateFolder(new Path(configuration.get(ROOT)));
    return Optional.of(
        new Run(
            state.run(id),
            time(configuration, DEADLINE),
            Instant.ofEpochMilli(configuration.getLong(STARTED, 0)),
            time(configuration, PREVIOUS),
            configuration.getLong(COMMIT, 0),
            configuration.getEnum(PURPOSE, Purpose.LOAD)));
  }

  private static Optional<Instant> time(Configuration configuration, String key) {
    return Optional.ofNullable(configuration.get(key))
        .map(Long::parseLong)
        .map(Instant::ofEpochMilli);
  }

  /**
   * What files are called after that a task wrote and partitions share; sorts as commits do, and
   * within a commit as offsets.
   *
   * @param split the task's, by its place in the plan
   */
  public String writer(int split) {
    return writer(commit, split);
  }

  /** The same for any commit. */
  public static String writer(long commit, int split) {
    return String.format(Locale.ROOT, "%010d-%05d", commit, split);
  }

  /**
   * @throws IllegalStateException if the job does not belong to a run
   */
  public static Run required(Configuration configuration) {
    return of(configuration)
        .orElseThrow(() -> new IllegalStateException("The job was not made by a load"));
  }
}
