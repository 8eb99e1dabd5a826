package io.kafkahdfs.consumer.state;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a run keeps what it has not committed yet. */
public final class RunFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

  /** What to do when one of a run's own files is not what was written. */
  public static final String WAY_OUT = "Nothing was committed; run it again.";

  private final StateFolder state;
  private final String id;
  private final Path path;

  /**
   * @param state the load it belongs to
   * @param id the run's id
   */
  public RunFolder(StateFolder state, String id) {
    this.state = state;
    this.id = id;
    this.path = new Path(state.staging(), id);
  }

  /** The load it belongs to. */
  public StateFolder state() {
    return state;
  }

  /** The run's id. */
  public String id() {
    return id;
  }

  public Path path() {
    return path;
  }

  public Path plan() {
    return new Path(path, "plan.json");
  }

  /**
   * The run may commit as long as this folder stands: the commit is written in it and renamed out
   * of it. Who removes it can be sure that the run does not commit any more.
   */
  public Path permit() {
    return new Path(path, "permit");
  }

  /**
   * Where a rollback gathers what goes into the trash. Made before its commit point and never
   * again: it becomes the rollback's folder of the trash in one rename, and from then on a process
   * that is late finds no folder to move a file to.
   */
  public Path gathering() {
    return new Path(path, "trash");
  }

  public Path attempts() {
    return new Path(path, "attempts");
  }

  /** Where an attempt writes its data files. */
  public Path attempt(TaskAttemptID attempt) {
    return new Path(attempts(), attempt.toString());
  }

  /** An attempt's manifest, before the attempt is committed. */
  public Path draftManifest(TaskAttemptID attempt) {
    return new Path(attempt(attempt), "manifest.json");
  }

  /** Which records a run that repairs is to land. */
  public Path wanted() {
    return new Path(path, "wanted.json");
  }

  public Path manifests() {
    return new Path(path, "manifests");
  }

  /** The manifest of the attempt of a task that was committed. */
  public Path manifest(TaskID task) {
    return new Path(manifests(), task + ".json");
  }

  public Path failures() {
    return new Path(path, "failures");
  }

  /**
   * @throws LoaderException if the run may not commit any more: then its work would be in vain
   */
  public void checkPermit(FileStore store) throws IOException {
    if (store.entry(permit()).isEmpty()) {
      throw new LoaderException(
          ExitCode.BUSY,
          "The run "
              + id
              + " may not commit any more: another run took it for dead, or it has failed.");
    }
  }

  /** Removes all that the run keeps. Never fails: what is left the next run removes. */
  public void abandon(FileStore store) {
    try {
      store.delete(path);
    } catch (IOException e) {
      LOG.warn("Cannot remove {}; the next run will: {}", path, e.toString());
    }
  }

  /** Makes all of the run's folders. */
  public void create(FileStore store) throws IOException {
    for (Path folder : List.of(permit(), attempts(), manifests(), failures())) {
      store.mkdirs(folder);
    }
  }
}
