package io.kafkahdfs.testkit.hadoop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where the tasks of a job on a cluster wait, as a {@link GateMapper}, for a test to open it: a
 * folder in which each attempt that has come to it leaves a file of its name.
 */
public final class Gate {
  private final FileSystem files;
  private final Path folder;
  private final java.nio.file.Path jar;

  /**
   * A gate that is shut.
   *
   * @param folder an empty one, or one that is to be made, which all tasks see
   * @param temporary for the mapper's jar
   */
  public Gate(FileSystem files, Path folder, java.nio.file.Path temporary) throws IOException {
    this.files = files;
    this.folder = folder;
    files.mkdirs(folder);
    jar = Jars.of(Files.createTempFile(temporary, "gate", ".jar"), GateMapper.class);
  }

  /**
   * What a job's arguments must hold.
   *
   * @param records how many records of each attempt pass before it waits
   */
  public List<String> arguments(int records) {
    return List.of(
        "-libjars",
        jar.toString(),
        "-D" + GateMapper.FOLDER + "=" + folder,
        "-D" + GateMapper.RECORDS + "=" + records,
        "--mapper",
        GateMapper.class.getName());
  }

  /**
   * Waits until so many attempts have come to it.
   *
   * @return their names
   * @throws IllegalStateException if the job's driver ends before
   */
  public List<String> awaitAttempts(RunningCommand driver, int count) throws IOException {
    for (; ; ) {
      boolean alive = driver.isAlive();
      List<String> attempts =
          Arrays.stream(files.listStatus(folder))
              .map(FileStatus::getPath)
              .map(Path::getName)
              .toList();
      if (attempts.size() >= count) {
        return attempts;
      }
      if (!alive) {
        throw new IllegalStateException("The job has ended:\n" + driver.stderr());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Lets all pass, those that come later too. */
  public void open() throws IOException {
    files.create(new Path(folder, GateMapper.OPEN)).close();
  }
}
