package io.kafkahdfs.producer.state;

import io.kafkahdfs.command.PathSetting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The state of all exports, a folder for each.
 *
 * @param store the file system that it is on
 * @param path the folder of {@code --state}
 */
public record Exports(FileStore store, Path path) {
  public static Exports of(Settings settings, Configuration configuration) throws IOException {
    Path path =
        PathSetting.hadoop(ExportSettings.STATE, settings.get(ExportSettings.STATE), configuration);
    FileSystem fileSystem = path.getFileSystem(configuration);
    Path home = new Path(fileSystem.getHomeDirectory(), path);
    return new Exports(HadoopFileStore.of(path, configuration), fileSystem.makeQualified(home));
  }

  public ExportFolder folder(String export) {
    return new ExportFolder(new Path(path, export), export);
  }

  /** The folders of all exports, by id. */
  public List<ExportFolder> all() throws IOException {
    return store.list(path).stream()
        .filter(FileEntry::directory)
        .map(entry -> folder(entry.name()))
        .toList();
  }

  /**
   * Reads one of an export's files.
   *
   * @return empty if it is not there
   * @throws LoaderException if it was cut short or changed
   */
  public <T> Optional<T> read(Path file, Class<T> type) throws IOException {
    try {
      return Optional.of(Json.readSealed(store, file, type, "Set another --export-id."));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
