package io.kafkahdfs.consumer.write;

import io.kafkahdfs.store.FileStore;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The files of a task attempt, in a staging folder where nobody sees them. Those that are given up
 * stay there: whoever owns the folder removes it. Not for several threads.
 */
public final class StagedFiles implements Closeable {
  /** So many files may be ending beside those that are open. */
  public static final int MOST_ENDING = FileEndings.AT_ONCE;

  private final FileStore store;
  private final Path folder;
  private final Configuration configuration;
  private final FileEndings endings;
  private boolean begun;

  private StagedFiles(
      FileStore store, Path folder, Configuration configuration, FileEndings endings) {
    this.store = store;
    this.folder = folder;
    this.configuration = configuration;
    this.endings = endings;
  }

  /**
   * Files that end as they are closed, one after the other.
   *
   * @param folder made when the first file is begun
   */
  public static StagedFiles oneByOne(FileStore store, Path folder, Configuration configuration) {
    return new StagedFiles(store, folder, configuration, null);
  }

  /**
   * Files for whose ends nobody waits: see {@link FileEndings}. What goes wrong with one comes to
   * light with a later one, or in {@link #finish}.
   *
   * @param folder made when the first file is begun
   */
  public static StagedFiles sideBySide(FileStore store, Path folder, Configuration configuration) {
    return new StagedFiles(store, folder, configuration, new FileEndings(store));
  }

  /** Files of a folder within this one, which end as these do. */
  StagedFiles within(String name) {
    Path inner = new Path(folder, name);
    return endings == null
        ? oneByOne(store, inner, configuration)
        : sideBySide(store, inner, configuration);
  }

  /**
   * Begins a file.
   *
   * @param name of no other file in the folder
   */
  StagedFile begin(String name) throws IOException {
    if (!begun) {
      store.mkdirs(folder);
      begun = true;
    }
    StagedFile.Creator creator = endings == null ? store::create : endings::create;
    return new StagedFile(store, new Path(folder, name), configuration, creator);
  }

  /**
   * Waits until all files that were closed are whole on disk, as far as the store promises that.
   */
  void finish() throws IOException {
    if (endings != null) {
      endings.finish();
    }
  }

  /** Gives up what {@link #finish} has not seen. Never throws. */
  @Override
  public void close() {
    if (endings != null) {
      endings.close();
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
