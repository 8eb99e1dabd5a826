package io.kafkahdfs.consumer.state;

import io.kafkahdfs.command.PathSetting;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The output of a load, and how to reach it.
 *
 * @param store the file system that it is on
 * @param state its state
 */
public record LoadOutput(FileStore store, StateFolder state) {
  /**
   * @param output the path that the user gave
   * @throws LoaderException if it is a file, or its file system cannot be used
   */
  public static LoadOutput of(String output, Configuration configuration) throws IOException {
    Path path = PathSetting.hadoop(LoadSettings.OUTPUT, output, configuration);
    FileStore store = HadoopFileStore.of(path, configuration);
    Path root = path.getFileSystem(configuration).makeQualified(path);
    boolean isFile;
    try {
      isFile = store.entry(root).filter(entry -> !entry.directory()).isPresent();
    } catch (IOException e) {
      throw new LoaderException(
          ExitCode.HDFS_UNUSABLE, "Cannot use the output " + root + ": " + e.getMessage(), e);
    }
    if (isFile) {
      throw new LoaderException(
          ExitCode.HDFS_UNUSABLE,
          "The output " + root + " is a file. Give the path of a folder, which need not exist.");
    }
    return new LoadOutput(store, new StateFolder(root));
  }

  /**
   * The output of a load that has run.
   *
   * @throws LoaderException also if there is no load
   */
  public static LoadOutput existing(String output, Configuration configuration) throws IOException {
    LoadOutput load = of(output, configuration);
    if (load.store.entry(load.state.path()).isEmpty()) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          "No load has run into "
              + load.state.root()
              + ": there is no "
              + StateFolder.NAME
              + " in it. Correct --output.");
    }
    return load;
  }
}
