package io.kafkahdfs.producer.state;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What the tasks of an export know of it, handed to them in the job's configuration.
 *
 * @param round where it keeps what it does
 * @param splits the numbers of the splits that this job is to send
 * @param tasksAtOnce how many of them run at the same time, as far as that is known
 */
public record ExportRun(RoundFolder round, Set<Integer> splits, int tasksAtOnce) {
  private static final String FOLDER = "export.run.folder";
  private static final String ID = "export.run.id";
  private static final String ROUND = "export.run.round";
  private static final String SPLITS = "export.run.splits";
  private static final String TASKS = "export.run.tasks";

  public void putInto(Configuration configuration) {
    configuration.set(FOLDER, folder().path().toString());
    configuration.set(ID, folder().export());
    configuration.set(ROUND, round.path().toString());
    configuration.set(
        SPLITS,
        new TreeSet<>(splits).stream().map(String::valueOf).collect(Collectors.joining(",")));
    configuration.setInt(TASKS, tasksAtOnce);
    TaskFailures.storeIn(round.failures(), configuration);
  }

  /** The export that a job belongs to; empty for a job that only uses the output format. */
  public static Optional<ExportRun> of(Configuration configuration) {
    String folder = configuration.get(FOLDER);
    if (folder == null) {
      return Optional.empty();
    }
    Set<Integer> splits = new TreeSet<>();
    for (int split : configuration.getInts(SPLITS)) {
      splits.add(split);
    }
    ExportFolder export = new ExportFolder(new Path(folder), configuration.get(ID));
    return Optional.of(
        new ExportRun(
            new RoundFolder(export, new Path(configuration.get(ROUND))),
            splits,
            configuration.getInt(TASKS, 1)));
  }

  /**
   * @throws IllegalStateException if the job does not belong to an export
   */
  public static ExportRun required(Configuration configuration) {
    return of(configuration)
        .orElseThrow(() -> new IllegalStateException("The job was not made by an export"));
  }

  /** Where the export keeps its state. */
  public ExportFolder folder() {
    return round.export();
  }

  /**
   * The plan that the export follows.
   *
   * @throws LoaderException if the round of this run is over, and another one runs
   */
  public ExportPlan plan(Configuration configuration) throws IOException {
    FileStore store = HadoopFileStore.of(folder().path(), configuration);
    ExportPlan plan =
        Json.readSealed(
            store,
            folder().plan(),
            ExportPlan.class,
            "Use another --export-id to plan and send all of it anew.");
    if (!folder().round(plan).equals(round)) {
      throw new LoaderException(
          ExitCode.BUSY,
          "Another run has finished this round of export "
              + folder().export()
              + ", and the next one runs. Nothing was sent.");
    }
    return plan;
  }
}
