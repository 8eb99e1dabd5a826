package io.kafkahdfs.consumer.config;

import io.kafkahdfs.command.PathSetting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds the output that the settings name. */
public final class OutputSetting {
  private OutputSetting() {}

  /**
   * The output that the settings name.
   *
   * @throws LoaderException if it is a file, or its file system cannot be used
   */
  public static LoadOutput of(Settings settings, Configuration configuration) throws IOException {
    Path path =
        PathSetting.hadoop(LoadSettings.OUTPUT, settings.get(LoadSettings.OUTPUT), configuration);
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
          "The output " + root + " is a file. Set the path of a folder, which need not exist.");
    }
    return new LoadOutput(store, new StateFolder(root));
  }

  /**
   * The output of a load that has run.
   *
   * @throws LoaderException also if there is no load
   */
  public static LoadOutput existing(Settings settings, Configuration configuration)
      throws IOException {
    LoadOutput load = of(settings, configuration);
    if (load.store().entry(load.state().path()).isEmpty()) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          "No load has run into "
              + load.state().root()
              + ": there is no "
              + StateFolder.NAME
              + " in it. Correct --output.");
    }
    return load;
  }
}
