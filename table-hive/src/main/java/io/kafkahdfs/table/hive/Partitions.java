package io.kafkahdfs.table.hive;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.HiddenName;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hive.common.StatsSetupConst;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;

/**
 * The partitions of a table.
 *
 * @param parameters of those that are added, by which they are known again
 */
record Partitions(
    Metastore metastore, Table table, Folders folders, Map<String, String> parameters) {
  Partitions {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Adds those that are not there.
   *
   * @throws LoaderException if a folder is none of a partition, or a partition stands elsewhere
   */
  void add(Set<Path> wanted) throws IOException {
    Map<String, Partition> missing = new LinkedHashMap<>();
    for (Path folder : wanted) {
      Partition partition = of(folder);
      missing.put(folders.name(partition.getValues()), partition);
    }
    for (Partition there : metastore.partitions(List.copyOf(missing.keySet()))) {
      Partition expected = missing.remove(folders.name(there.getValues()));
      Path location = new Path(there.getSd().getLocation());
      if (!location.toUri().getPath().equals(folder(expected).toUri().getPath())) {
        throw new LoaderException(
            ExitCode.TABLE_BEHIND,
            "The partition "
                + folders.name(there.getValues())
                + " of "
                + metastore
                + " stands in "
                + location
                + ", and records have landed in "
                + folder(expected)
                + ". Drop it, or set its location to that.");
      }
    }
    metastore.add(List.copyOf(missing.values()));
  }

  private static Path folder(Partition partition) {
    return new Path(partition.getSd().getLocation());
  }

  private Partition of(Path folder) throws LoaderException {
    List<String> values =
        folders
            .values(folder)
            .orElseThrow(
                () ->
                    new LoaderException(
                        ExitCode.TABLE_BEHIND,
                        folder
                            + " is no folder of a partition of "
                            + metastore
                            + ", which has "
                            + folders.keys()
                            + " below "
                            + folders.location()
                            + ". Earlier runs had another --layout: take another --output or table."));
    StorageDescriptor descriptor = new StorageDescriptor(table.getSd());
    descriptor.setLocation(folder.toString());
    Partition partition = new Partition();
    partition.setDbName(metastore.database());
    partition.setTableName(metastore.table());
    partition.setValues(values);
    partition.setSd(descriptor);
    Map<String, String> all = new HashMap<>(parameters);
    // More files come than the metastore would count now.
    all.put(StatsSetupConst.DO_NOT_UPDATE_STATS, "true");
    partition.setParameters(all);
    return partition;
  }

  /** Takes out those that were added by the load and have no file any more. */
  void dropEmpty(Set<Path> candidates, Configuration configuration) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path folder : candidates) {
      if (folders.values(folder).isPresent() && isEmpty(folder, configuration)) {
        names.add(folders.name(folders.values(folder).get()));
      }
    }
    for (Partition there : metastore.partitions(names)) {
      if (there.getParameters().entrySet().containsAll(parameters.entrySet())) {
        metastore.drop(there);
      }
    }
  }

  private static boolean isEmpty(Path folder, Configuration configuration) throws IOException {
    FileSystem fileSystem = folder.getFileSystem(configuration);
    try {
      RemoteIterator<? extends FileStatus> files = fileSystem.listStatusIterator(folder);
      while (files.hasNext()) {
        if (!HiddenName.is(files.next().getPath().getName())) {
          return false;
        }
      }
      return true;
    } catch (FileNotFoundException e) {
      return true;
    }
  }
}
